import type { Container } from '@vethscope/model';
import type { GraphRow } from '../graph.ts';
import { isLinkLocal } from './addressWords.ts';
import { type CardWords, isAlive, stateWord } from './containers.ts';
import { listenerRow } from './listeners.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** Linux lens: a card is the namespace, with its addresses, its default route and its listeners; the mark is the end of its inode. */
export const linuxCards = (index: SnapshotIndex): CardWords => ({
  rows: (container) => {
    if (!isAlive(container)) return [{ text: stateWord(container), mark: null, records: [], tone: 'note' }];
    if (container.sandbox === null) return [];
    if (container.mode === 'host') return [{ text: 'shares the host’s links', mark: null, records: [], tone: 'note' }];
    const listens = listenerRow(index, container);
    const said =
      listens && (listens.text.startsWith('listens') ? listens : { ...listens, text: `listens ${listens.text}` });
    return [...addressRows(index, container.sandbox), ...routeRow(index, container.sandbox), ...(said ? [said] : [])];
  },
  mark: (container) => sandboxMark(index, container),
  subtitle: () => '',
});

export function sandboxMark(index: SnapshotIndex, container: Container): string | null {
  const sandbox =
    container.sandbox === null || container.mode === 'host'
      ? undefined
      : index.snapshot.records.sandbox[container.sandbox];
  return sandbox ? `…${String(sandbox.netns).slice(-4)}` : null;
}

/** At most two lines: further addresses are counted on the second. */
function addressRows(index: SnapshotIndex, sandbox: string): GraphRow[] {
  const addresses = index
    .linksOf(sandbox)
    .filter((link) => link.kind !== 'loopback')
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((link) => index.addressesOf(link.id))
    .filter((address) => !isLinkLocal(address.address));
  if (addresses.length === 0) return [{ text: 'loopback only', mark: null, records: [sandbox], tone: 'note' }];
  return addresses.slice(0, 2).map((address, position) => ({
    text: `${address.address}/${address.prefix}`,
    mark: position === 1 && addresses.length > 2 ? `+${addresses.length - 2}` : null,
    records: [address.id],
    tone: 'fact',
  }));
}

function routeRow(index: SnapshotIndex, sandbox: string): GraphRow[] {
  const routes = index
    .routesOf(sandbox)
    .filter(
      (route) =>
        route.table === 'main' &&
        (route.destination === '0.0.0.0/0' || route.destination === '::/0') &&
        route.kind === 'unicast',
    )
    .sort((a, b) => a.family - b.family);
  const [first] = routes;
  if (!first) return [{ text: 'no default route', mark: null, records: [sandbox], tone: 'note' }];
  const by = first.gateway ? `via ${first.gateway}` : `dev ${index.link(first.link)?.name ?? '?'}`;
  return [{ text: `default ${by}`, mark: null, records: routes.map((route) => route.id), tone: 'note' }];
}
