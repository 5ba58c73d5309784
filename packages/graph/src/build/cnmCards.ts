import type { CardWords } from './containers.ts';
import { isAlive, stateWord } from './containers.ts';
import { sandboxMark } from './linuxCards.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** CNM lens, in libnetwork's words: a Sandbox holds a container's Endpoints, each of which joins one Network. */
export const cnmCards = (index: SnapshotIndex): CardWords => ({
  rows: (container) => {
    if (!isAlive(container)) return [{ text: stateWord(container), mark: null, records: [], tone: 'note' }];
    if (container.mode === 'host') return [{ text: 'no own Endpoint', mark: null, records: [], tone: 'note' }];
    const endpoints = index.endpointsOf(container.id).filter((endpoint) => index.hue(endpoint.network) !== null);
    const count =
      endpoints.length === 0 ? 'no Endpoint' : endpoints.length === 1 ? '1 Endpoint' : `${endpoints.length} Endpoints`;
    return [
      {
        text: count,
        mark: null,
        records: endpoints.map(({ id }) => id),
        tone: endpoints.length === 0 ? 'note' : 'fact',
      },
    ];
  },
  mark: (container) => sandboxMark(index, container),
  subtitle: (container) =>
    container.mode === 'host' ? 'the host’s Sandbox' : container.sandbox === null ? 'no Sandbox' : 'Sandbox',
});
