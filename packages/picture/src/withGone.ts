import { buildGraph, type Comparison, type Graph, type Lens } from '@vethscope/graph';
import type { Container, Endpoint, Network, PublishedPort, Snapshot } from '@vethscope/model';
import { layoutForPicture } from './layoutForPicture.ts';

/** A host as it is, with the places of what it had before. */
export interface Ghosts {
  graph: Graph;
  layout: ReturnType<typeof layoutForPicture>;
  /** Nodes and lines of what went. */
  ids: ReadonlySet<string>;
}

/**
 * The later host drawn together with what went of the earlier one, in one layout, so that neither lies on the other. Containers, networks, endpoints
 * and published ports come back; of the kernel's own records, which were read in namespaces that are no more, none does. What is still there has the
 * facts that it has now. null where nothing that is drawn went.
 */
export function withGone(
  { before, after, comparison }: { before: Snapshot; after: Snapshot; comparison: Comparison },
  lens: Lens,
  hues: Readonly<Record<string, number>>,
): Ghosts | null {
  const now = buildGraph(after, lens, { hues });
  const both = buildGraph(together(before, after, comparison), lens, { hues });
  const nodes = new Map(now.nodes.map((node) => [node.id, node]));
  const edges = new Map(now.edges.map((edge) => [edge.id, edge]));
  // A container that has left its last network stands in a tray now: a line to there would cross the whole picture.
  const trayed = new Set(
    now.nodes.flatMap((node) => (node.kind === 'container' && node.home === null ? [node.id] : [])),
  );
  const left = new Set(
    both.nodes.flatMap(({ id, kind, parent }) => (kind === 'plug' && trayed.has(parent ?? '') ? [id] : [])),
  );
  const graph: Graph = {
    lens,
    nodes: both.nodes.filter(({ id }) => !left.has(id)).map((node) => nodes.get(node.id) ?? node),
    edges: both.edges.filter(({ from }) => !left.has(from)).map((edge) => edges.get(edge.id) ?? edge),
  };
  const ids = [...graph.nodes, ...graph.edges].flatMap(({ id }) => (nodes.has(id) || edges.has(id) ? [] : [id]));
  // A port that was told beside others may be one of a number with what went.
  const lost = now.nodes.some(({ id }) => !both.nodes.some((node) => node.id === id));
  return ids.length === 0 || lost ? null : { graph, layout: layoutForPicture(graph), ids: new Set(ids) };
}

function together(before: Snapshot, after: Snapshot, { changes }: Comparison): Snapshot {
  const went = new Set(
    changes.flatMap((change) => (change.change === 'went' && change.before !== null ? [change.before] : [])),
  );
  const old = before.records;
  const networks = names(old.network, after.records.network);
  const containers = names(old.container, after.records.container);
  const gone = <T extends { id: string }>(table: Readonly<Record<string, T>>, now: Readonly<Record<string, T>>) =>
    Object.values(table).filter(({ id }) => went.has(id) && !Object.hasOwn(now, id));
  const goneContainers = gone<Container>(old.container, after.records.container);
  const isGone = new Set(goneContainers.map(({ id }) => id));
  const goneEndpoints = Object.values(old.endpoint).filter(
    ({ id, container }) => (isGone.has(container) || went.has(id)) && !Object.hasOwn(after.records.endpoint, id),
  );
  const ended = new Set(goneEndpoints.map(({ id }) => id));
  const gonePorts = Object.values(old.publishedPort).filter(
    ({ id, container }) => (isGone.has(container) || went.has(id)) && !Object.hasOwn(after.records.publishedPort, id),
  );
  return {
    ...after,
    records: {
      ...after.records,
      network: {
        ...after.records.network,
        ...byId(
          gone<Network>(old.network, after.records.network).map((each) => ({
            ...each,
            bridge: null,
            parent: null,
            sandbox: null,
          })),
        ),
      },
      container: {
        ...after.records.container,
        ...byId(
          goneContainers.map((each) => ({ ...each, sandbox: null, shares: containers.get(each.shares ?? '') ?? null })),
        ),
      },
      endpoint: {
        ...after.records.endpoint,
        ...byId(
          goneEndpoints.map(
            (each): Endpoint => ({
              ...each,
              container: containers.get(each.container) ?? each.container,
              network: networks.get(each.network) ?? each.network,
              sandbox: null,
              inside: null,
              outside: null,
            }),
          ),
        ),
      },
      publishedPort: {
        ...after.records.publishedPort,
        ...byId(
          gonePorts.map(
            (each): PublishedPort => ({
              ...each,
              container: containers.get(each.container) ?? each.container,
              endpoint: each.endpoint !== null && ended.has(each.endpoint) ? each.endpoint : null,
              rules: [],
              proxy: null,
              socket: null,
              target: null,
            }),
          ),
        ),
      },
    },
  };
}

/** By the id that a thing had the id that the thing of its name has now, or the same where there is none. */
function names<T extends { id: string; name: string }>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Map<string, string> {
  const now = new Map(Object.values(after).map(({ id, name }) => [name, id]));
  return new Map(
    Object.values(before).map(({ id, name }) => [id, Object.hasOwn(after, id) ? id : (now.get(name) ?? id)]),
  );
}

const byId = <T extends { id: string }>(records: readonly T[]): Record<string, T> =>
  Object.fromEntries(records.map((record) => [record.id, record]));
