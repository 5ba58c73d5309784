import { type Graph, type GraphNode, hideInGraph } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';

/** What a picture is of: one network, one compose project, or things by the ids of their records or nodes. Names as the engine has them. */
export type Selection =
  | { kind: 'network'; network: string }
  | { kind: 'project'; project: string }
  | { kind: 'ids'; ids: readonly string[] };

/**
 * The part of a graph that a selection means: the networks and containers that were asked for and what they touch, which is the other networks of
 * these containers, their ports, and the way out of the host. null where nothing is called so.
 */
export function selectGraph(graph: Graph, snapshot: Snapshot, selection: Selection): Graph | null {
  const asked = askedFor(graph, snapshot, selection);
  if (asked.networks.size === 0 && asked.containers.size === 0) return null;
  const legs = legsOf(graph);
  const containers = new Set(asked.containers);
  for (const { card, network } of legs) if (asked.open.has(network)) containers.add(card);
  const networks = new Set(asked.networks);
  for (const { card, network } of legs) if (containers.has(card)) networks.add(network);
  const hidden = new Set<string>();
  for (const node of graph.nodes) if (!stays(node, { containers, networks, snapshot, asked })) hidden.add(node.id);
  const ends = new Set(graph.edges.flatMap(({ from, to }) => (hidden.has(from) || hidden.has(to) ? [] : [from, to])));
  // Other hosts are reached by the tunnels of the overlays that are left.
  for (const node of graph.nodes)
    if (node.kind === 'outside' && node.zone === 'remote' && !ends.has(node.id)) hidden.add(node.id);
  return hideInGraph(graph, hidden);
}

interface Asked {
  networks: Set<string>;
  /** Those of them that bring all of their containers. */
  open: Set<string>;
  containers: Set<string>;
  /** Ports that were named themselves; null where all of the kept containers' are meant. */
  ports: Set<string> | null;
}

function askedFor(graph: Graph, { records }: Snapshot, selection: Selection): Asked {
  const networks = new Set<string>();
  const containers = new Set<string>();
  const add = (record: string) => {
    for (const node of graph.nodes) {
      if (node.kind === 'network' && (node.id === record || node.records[0] === record)) networks.add(node.id);
      if (node.kind === 'container' && (node.id === record || node.records.includes(record))) containers.add(node.id);
    }
  };
  switch (selection.kind) {
    case 'network':
      for (const network of Object.values(records.network)) {
        const names = [network.name, network.engineId, network.bridgeName];
        if (names.includes(selection.network)) add(network.id);
      }
      return { networks, open: networks, containers, ports: null };
    case 'project':
      for (const network of Object.values(records.network))
        if (network.composeProject === selection.project) add(network.id);
      for (const each of Object.values(records.container)) if (each.composeProject === selection.project) add(each.id);
      return { networks, open: networks, containers, ports: null };
    case 'ids': {
      const ports = new Set<string>();
      const node = new Map(graph.nodes.map((each) => [each.id, each]));
      for (const id of selection.ids) {
        add(id);
        const named = node.get(id);
        if (named?.kind === 'plug' && named.parent !== null) add(named.parent);
        for (const each of graph.nodes)
          if (each.kind === 'port' && (each.id === id || each.records[0] === id)) ports.add(each.id);
      }
      // A port that was named shows its container, not all of its network.
      for (const port of ports) for (const card of cardsOf(records, node.get(port))) containers.add(card);
      return { networks, open: openOf(graph, networks, containers), containers, ports };
    }
  }
}

/** Of things that were picked one by one, a network brings its containers only where none of them was picked itself. */
function openOf(graph: Graph, networks: ReadonlySet<string>, containers: ReadonlySet<string>): Set<string> {
  const open = new Set(networks);
  for (const { card, network } of legsOf(graph)) if (containers.has(card)) open.delete(network);
  return open;
}

function cardsOf(records: Snapshot['records'], port: GraphNode | undefined): string[] {
  return (port?.records ?? []).flatMap((id) => records.publishedPort[id]?.container ?? []);
}

function legsOf(graph: Graph): { card: string; network: string }[] {
  const node = new Map(graph.nodes.map((each) => [each.id, each]));
  return graph.edges.flatMap(({ kind, from, to }) => {
    if (kind !== 'drop' && kind !== 'cable') return [];
    const card = node.get(from)?.parent;
    const end = node.get(to);
    const network = end?.kind === 'plug' ? end.parent : to;
    return card && network ? [{ card, network }] : [];
  });
}

function stays(
  node: GraphNode,
  {
    containers,
    networks,
    snapshot,
    asked,
  }: { containers: Set<string>; networks: Set<string>; snapshot: Snapshot; asked: Asked },
): boolean {
  switch (node.kind) {
    case 'container':
      return containers.has(node.id);
    case 'network':
      return networks.has(node.id);
    case 'port':
      if (asked.ports !== null && asked.ports.size > 0) return asked.ports.has(node.id);
      return cardsOf(snapshot.records, node).some((card) => containers.has(card));
    case 'host':
    case 'outside':
    case 'hostLink':
    case 'chip':
    case 'plug':
    case 'tray':
    case 'panel':
      return true;
  }
}
