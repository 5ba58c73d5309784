import { type Disposition, type Hop, ids, type Step, type Trace } from '@vethscope/model';
import type { Graph } from '../graph.ts';
import { type Places, placesOf } from './placesOf.ts';
import { type Move, waysThrough } from './waysThrough.ts';

export type { Move } from './waysThrough.ts';

/** One step of a trace on the picture. `leg`, `hop` and `step` are positions in the Trace; `way` says in which of the leg's two lists of hops. */
export interface OverlayStep {
  leg: number;
  way: 'there' | 'back';
  hop: number;
  step: number;
  /** The node at which the packet is when the step is done; null while it has been at no place that the graph draws. */
  node: string | null;
  /** The lines that it ran along to get there, in order; empty where it stayed, or where no line is drawn between the two places. */
  moves: Move[];
}

export interface TraceMarks {
  /** In the order of time: the way there of each leg, then the ways back, the last leg's first. */
  steps: OverlayStep[];
  /** The lines of the way there, in order; `at` is an index in `steps`. A line that is taken twice is here twice. */
  edges: (Move & { at: number })[];
  /** Every node that the way there is at, or that its lines end at, each once. */
  nodes: string[];
  outcome: 'good' | 'warn' | 'bad';
}

/**
 * Where a predicted packet is in a picture, step by step: by which boxes and lines it goes, and in which direction. Pure; what a lens does not draw
 * leaves the packet where it was.
 */
export function traceOverlay(graph: Graph, trace: Trace): TraceMarks {
  const places = placesOf(graph);
  const walker = new Walker(graph, places);
  for (const [index, leg] of trace.legs.entries()) {
    const first = leg.hops[0]?.steps[0];
    if (index === 0 && first?.kind === 'receive')
      walker.start(places.outside(first.before.source, trace.question.from.kind === 'internet'));
    walker.follow(leg.hops, { leg: index, way: 'there' });
  }
  for (const [index, leg] of [...trace.legs.entries()].reverse()) walker.follow(leg.reply, { leg: index, way: 'back' });
  const { steps } = walker;
  const edges = steps.flatMap(({ way, moves }, at) => (way === 'there' ? moves.map((move) => ({ ...move, at })) : []));
  const nodes = new Set<string>(walker.began === null ? [] : [walker.began]);
  const ends = new Map(graph.edges.map(({ id, from, to }) => [id, [from, to]]));
  for (const { way, node, moves } of steps) {
    if (way === 'back') continue;
    for (const { id } of moves) for (const end of ends.get(id) ?? []) nodes.add(end);
    if (node !== null) nodes.add(node);
  }
  return { steps, edges, nodes: [...nodes], outcome: outcomeOf(trace.disposition) };
}

/** How a disposition is coloured: `warn` where nobody can tell. */
function outcomeOf(disposition: Disposition): TraceMarks['outcome'] {
  switch (disposition) {
    case 'delivered':
    case 'leftHost':
      return 'good';
    case 'unknown':
      return 'warn';
    case 'refused':
    case 'dropped':
    case 'rejected':
    case 'noRoute':
    case 'notForwarded':
    case 'neighborUnreachable':
    case 'unresolved':
    case 'loop':
    case 'noReply':
      return 'bad';
  }
}

class Walker {
  readonly steps: OverlayStep[] = [];
  began: string | null = null;
  private at: string | null = null;
  private readonly between: (from: string, to: string) => Move[];

  constructor(
    graph: Graph,
    private readonly places: Places,
  ) {
    this.between = waysThrough(graph);
  }

  start(node: string | null): void {
    this.began ??= node;
    this.at = node;
  }

  follow(hops: readonly Hop[], { leg, way }: { leg: number; way: 'there' | 'back' }): void {
    hops.forEach(({ sandbox, steps }, hop) => {
      steps.forEach((step, index) => {
        const moves: Move[] = [];
        for (const node of this.placesOfStep(step, sandbox)) moves.push(...this.go(node));
        if (hop === hops.length - 1 && index === steps.length - 1) moves.push(...this.leave(step));
        this.steps.push({ leg, way, hop, step: index, node: this.at, moves });
      });
    });
  }

  /** Out of the host: to the LAN or the internet behind the link that the last step sends on. */
  private leave(step: Step): Move[] {
    if (step.kind !== 'transmit') return [];
    const outside = this.places.outside(step.after.destination, false);
    return outside === null ? [] : this.go(outside);
  }

  private go(node: string): Move[] {
    if (node === this.at) return [];
    const moves = this.at === null ? [] : this.between(this.at, node);
    this.began ??= node;
    this.at = node;
    return moves;
  }

  private placesOfStep(step: Step, sandbox: string): string[] {
    const isHost = sandbox === ids.hostSandbox;
    switch (step.kind) {
      case 'originate': {
        if (!isHost) return present(this.places.card(sandbox));
        // A second connection begins at docker-proxy, where the first one ended.
        return this.at === null ? present(this.places.host) : [];
      }
      case 'receive':
      case 'transmit':
        return step.touches.flatMap((link, index) =>
          // The other end of a veth pair is where the next hop receives; the parent of a macvlan link is on this way.
          index === 0 || (step.kind === 'transmit' && this.places.isHostLink(link))
            ? present(this.places.link(link, sandbox))
            : [],
        );
      case 'bridge':
        // What comes in by a port has been at the bridge before its hooks were asked.
        return this.at?.startsWith('panel:') && this.at !== this.places.hook('postrouting')
          ? []
          : present(this.places.link(step.bridge, sandbox));
      case 'chain':
        return isHost ? present(this.places.hook(step.hook) ?? this.places.port(step.touches)) : [];
      case 'translate':
        return isHost ? present(this.places.port(step.touches)) : [];
      case 'proxy':
        return present(this.places.proxy(step.touches) ?? this.places.port(step.touches));
      case 'deliver':
        return isHost ? present(this.places.port(step.touches)) : present(this.places.card(sandbox));
      case 'resolve':
      case 'route':
      case 'neighbor':
      case 'conntrack':
      case 'unmodelled':
        return [];
    }
  }
}

const present = (node: string | null): string[] => (node === null ? [] : [node]);
