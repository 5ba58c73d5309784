import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { barLabelWidth } from '../text/barLabel.ts';
import { chipWidth, type Metrics, metricsOf, pill, portWidth } from './metrics.ts';

type Of<K extends GraphNode['kind']> = Extract<GraphNode, { kind: K }>;

/** The graph as the layout asks for it: by kind, and what belongs to what. */
export interface Arrangement {
  graph: Graph;
  metrics: Metrics;
  node: Map<string, GraphNode>;
  networks: Of<'network'>[];
  trays: Of<'tray'>[];
  panels: Of<'panel'>[];
  hostLinks: Of<'hostLink'>[];
  outside: Of<'outside'>[];
  /** Cards by their home network or tray, in the graph's order. */
  cardsOf: Map<string, Of<'container'>[]>;
  /** Drops and cables by card, the home's first. */
  legsOf: Map<string, GraphEdge[]>;
  /** Ports by the network that they lead to, and their words. */
  portsOf: Map<string, Of<'port'>[]>;
  chipOf: Map<string, Of<'chip'>>;
  /** Ports that lead to no network that is drawn. */
  loosePorts: Of<'port'>[];
  /** Networks that a card of this network's also joins. */
  joined: Map<string, Set<string>>;
  /** How many lines reach a network from cards that hang on another. */
  joining: Map<string, number>;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const present = map.get(key);
  if (present) present.push(value);
  else map.set(key, [value]);
}

export function arrange(graph: Graph, cardWidth?: number): Arrangement {
  const arrangement: Arrangement = {
    graph,
    metrics: metricsOf(graph.lens, cardWidth),
    node: new Map(graph.nodes.map((node) => [node.id, node])),
    networks: [],
    trays: [],
    panels: [],
    hostLinks: [],
    outside: [],
    cardsOf: new Map(),
    legsOf: new Map(),
    portsOf: new Map(),
    chipOf: new Map(),
    loosePorts: [],
    joined: new Map(),
    joining: new Map(),
  };
  const chips = new Map<string, Of<'chip'>>();
  for (const node of graph.nodes) {
    switch (node.kind) {
      case 'network':
        arrangement.networks.push(node);
        break;
      case 'tray':
        arrangement.trays.push(node);
        break;
      case 'panel':
        arrangement.panels.push(node);
        break;
      case 'hostLink':
        arrangement.hostLinks.push(node);
        break;
      case 'outside':
        arrangement.outside.push(node);
        break;
      case 'container': {
        const block = node.home ?? node.parent;
        if (block !== null) push(arrangement.cardsOf, block, node);
        break;
      }
      case 'chip':
        chips.set(node.on, node);
        break;
      case 'host':
      case 'port':
      case 'plug':
        break;
    }
  }
  for (const edge of graph.edges) {
    if (edge.kind === 'drop' || edge.kind === 'cable') {
      const card = arrangement.node.get(edge.from)?.parent;
      const home = card ? arrangement.node.get(card) : undefined;
      if (!card || home?.kind !== 'container') continue;
      push(arrangement.legsOf, card, edge);
      if (home.home !== null && networkOf(arrangement, edge) !== home.home) {
        const other = networkOf(arrangement, edge);
        join(arrangement.joined, home.home, other);
        arrangement.joining.set(other, (arrangement.joining.get(other) ?? 0) + 1);
      }
    } else if (edge.kind === 'publish' || edge.kind === 'proxy') {
      const port = arrangement.node.get(edge.from);
      if (port?.kind !== 'port') continue;
      push(arrangement.portsOf, edge.to, port);
      const chip = chips.get(edge.id);
      if (chip) arrangement.chipOf.set(port.id, chip);
    }
  }
  const led = new Set([...arrangement.portsOf.values()].flat());
  arrangement.loosePorts = graph.nodes.filter((node): node is Of<'port'> => node.kind === 'port' && !led.has(node));
  return arrangement;
}

function join(joined: Map<string, Set<string>>, home: string, other: string): void {
  const present = joined.get(home);
  if (present) present.add(other);
  else joined.set(home, new Set([other]));
}

/** The network at the far end of a leg: a cable ends at a port of its bridge. */
export function networkOf(arrangement: Arrangement, edge: GraphEdge): string {
  const end = arrangement.node.get(edge.to);
  return end?.kind === 'plug' && end.parent !== null ? end.parent : edge.to;
}

/** Where the columns of a gutter with ports begin, from the gutter's left: lines come in at `trunk` and leave at `riser`. */
export function gutterColumns(
  arrangement: Arrangement,
  network: string,
): { trunk: number; port: number; portWidth: number; chip: number; chipWidth: number; riser: number } {
  const ports = arrangement.portsOf.get(network) ?? [];
  const width = Math.max(66, ...ports.map(portWidth));
  const chips = ports.flatMap((port) => arrangement.chipOf.get(port.id) ?? []);
  const chip = chips.length === 0 ? 0 : Math.max(...chips.map(chipWidth));
  const port = 28;
  const chipAt = port + width + 14;
  return {
    trunk: 14,
    port,
    portWidth: width,
    chip: chipAt,
    chipWidth: chip,
    riser: chipAt + (chip === 0 ? 4 : chip + 12),
  };
}

/** Room before a block, in units: one to keep bars apart, more where ports stand or may come. */
export function gutterUnits(arrangement: Arrangement, network: string): number {
  if (!arrangement.portsOf.has(network)) {
    const node = arrangement.node.get(network);
    const publishes =
      node?.kind === 'network' && node.shape === 'bus' && !node.internal && arrangement.graph.lens === 'docker';
    return publishes ? 3 : 1;
  }
  return Math.ceil((gutterColumns(arrangement, network).riser + 14) / arrangement.metrics.unit);
}

/** Height that a network's ports take below their bar's middle; `tight` as close as they can still be told apart. */
export function portsHeight(arrangement: Arrangement, network: string, tight = false): number {
  const ports = arrangement.portsOf.get(network) ?? [];
  const notes = ports.filter((port) => port.note !== null).length;
  if (tight) return ports.length * pill.tightPitch + notes * pill.tightNote + 6;
  return ports.length * pill.portPitch + notes * pill.note;
}

/** Columns that a bar needs for its own words. */
export function labelColumns(arrangement: Arrangement, network: Of<'network'>): number {
  const { metrics } = arrangement;
  // Without the driver's word, which barLabel leaves out first: two columns are enough for most.
  const needed = barLabelWidth({ ...network, detail: network.detail.replace(/^bridge · /, '') });
  return Math.max(metrics.leastColumns, Math.min(3, Math.ceil(needed / metrics.pitch)));
}
