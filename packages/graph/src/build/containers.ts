import type { Container } from '@vethscope/model';
import type { ContainerDot, GraphNode, GraphRow } from '../graph.ts';
import { hasDeafPort, hostListenerRow, listenerRow } from './listeners.ts';
import { homeEndpoint, type SnapshotIndex } from './snapshotIndex.ts';

export function isAlive(container: Container): boolean {
  return container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
}

/** Where a container is drawn: on a network's bar, in a tray, or on the card of the container whose sandbox it shares. */
type Standing =
  | { at: 'network'; home: string }
  | { at: 'tray'; tray: 'host' | 'none' | 'stopped' }
  | { at: 'card'; owner: Container };

function standingOf(index: SnapshotIndex, container: Container): Standing {
  if (!isAlive(container)) return { at: 'tray', tray: 'stopped' };
  if (container.mode === 'host') return { at: 'tray', tray: 'host' };
  if (container.mode === 'container') {
    const owner = sharedOwner(index, container);
    return owner ? { at: 'card', owner } : { at: 'tray', tray: 'none' };
  }
  const home = homeEndpoint(index, container);
  return home ? { at: 'network', home: home.network } : { at: 'tray', tray: 'none' };
}

/** The container whose sandbox it is at the end of a chain of `container:`. A chain that bites its tail has none. */
function sharedOwner(index: SnapshotIndex, container: Container): Container | null {
  const seen = new Set<string>();
  let at: Container | undefined = container;
  while (at && at.mode === 'container' && at.shares !== null) {
    if (seen.has(at.id)) return null;
    seen.add(at.id);
    at = index.container(at.shares);
  }
  return at && at.id !== container.id && isAlive(at) ? at : null;
}

export function containerDot(index: SnapshotIndex, container: Container): ContainerDot {
  if (!isAlive(container)) return container.state === 'dead' ? 'bad' : 'off';
  if (container.health === 'unhealthy') return 'bad';
  if (container.state !== 'running' || container.health === 'starting') return 'warn';
  return hasDeafPort(index, container) ? 'warn' : 'good';
}

export function stateWord(container: Container): string {
  if (container.state === 'running' && container.health !== null && container.health !== 'healthy')
    return container.health;
  if (container.state === 'exited' && container.exitCode !== null) return `exited (${container.exitCode})`;
  return container.state;
}

/** "registry.example.com:5000/team/nginx:1.27@sha256:…" is "nginx:1.27". */
export function imageWord(image: string): string {
  const plain = image.replace(/@sha256:[0-9a-f]+$/, '');
  if (/^sha256:/.test(plain)) return plain.slice('sha256:'.length, 'sha256:'.length + 12);
  return (plain.split('/').at(-1) ?? plain).replace(/:latest$/, '');
}

function dockerRow(index: SnapshotIndex, container: Container): GraphRow[] {
  if (!isAlive(container)) {
    const ports = index.portsOf(container.id).filter((port) => port.hostPort !== null);
    const text =
      ports.length > 0
        ? `${container.state}, would publish ${[...new Set(ports.map((p) => p.hostPort))].join(' ')}`
        : stateWord(container);
    return [{ text, mark: null, records: ports.map((port) => port.id), tone: 'note' }];
  }
  const row = container.mode === 'host' ? hostListenerRow(index, container) : listenerRow(index, container);
  return row ? [row] : [];
}

export interface CardWords {
  rows: (container: Container) => GraphRow[];
  mark: (container: Container) => string | null;
  subtitle: (container: Container) => string;
}

export const dockerCards = (index: SnapshotIndex): CardWords => ({
  rows: (container) => dockerRow(index, container),
  mark: () => null,
  subtitle: (container) => imageWord(container.image),
});

/** Cards in the order of creation, so that what is new stands at the end. */
export function containerNodes(index: SnapshotIndex, words: CardWords): GraphNode[] {
  const cards: GraphNode[] = [];
  const sharers = new Map<string, Container[]>();
  for (const container of index.containers) {
    const standing = standingOf(index, container);
    if (standing.at === 'card') {
      const present = sharers.get(standing.owner.id);
      if (present) present.push(container);
      else sharers.set(standing.owner.id, [container]);
    }
  }
  for (const container of index.containers) {
    const standing = standingOf(index, container);
    if (standing.at === 'card') continue;
    const sharing = sharers.get(container.id) ?? [];
    cards.push({
      id: container.id,
      kind: 'container',
      parent: standing.at === 'tray' ? `tray:${standing.tray}` : 'host',
      records: [
        container.id,
        ...(container.sandbox !== null && container.mode !== 'host' ? [container.sandbox] : []),
        ...sharing.map(({ id }) => id),
      ],
      hue: standing.at === 'network' ? index.hue(standing.home) : null,
      title: container.name,
      dot: containerDot(index, container),
      state: stateWord(container),
      subtitle: words.subtitle(container),
      rows: words.rows(container),
      sharers: sharing.map((sharer) => ({
        title: sharer.name,
        dot: containerDot(index, sharer),
        records: [sharer.id],
      })),
      mode:
        standing.at === 'tray' && standing.tray === 'host'
          ? 'host'
          : standing.at === 'tray' && standing.tray === 'none'
            ? 'none'
            : 'network',
      mark: words.mark(container),
      home: standing.at === 'network' ? standing.home : null,
    });
  }
  return cards;
}
