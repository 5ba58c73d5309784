import type { Graph, Lens, Pins } from '@vethscope/graph';
import { useMemo, useState } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { type Find, findIn, nodesOf } from '../find/find.ts';
import { type ContainerDots, containerDots } from './containerDots.ts';
import { createTopologyMemory, huesOf, type Topology } from './topologyMemory.ts';

interface Asked {
  lens: Lens;
  pins: Pins;
  find: string;
  hide: string;
}

export interface Seen extends Topology {
  find: Find;
  /** The hue of each network, by its id. */
  hues: ReadonlyMap<string, number>;
  dots: ContainerDots;
}

const nothingAsked: Graph = { lens: 'docker', nodes: [], edges: [] };

/** All that is derived from the Snapshot for the picture; null without a Snapshot. `find` stands also without one. */
export function useTopology(held: Held | null, { lens, pins, find, hide }: Asked): { seen: Seen | null; find: Find } {
  const [memories] = useState(() => new Map<string, ReturnType<typeof createTopologyMemory>>());
  const snapshot = held?.snapshot ?? null;
  // A file is another host: its picture does not continue the one that was there before.
  const host = held?.elsewhere?.kind === 'file' ? held.epoch : 'host';
  const memory = memories.get(host) ?? createTopologyMemory();
  memories.set(host, memory);
  const topology = useMemo(
    () => snapshot && memory.topology(snapshot, lens, pins, (graph) => nodesOf(hide, snapshot, graph)),
    [memory, snapshot, lens, pins, hide],
  );
  const found = useMemo(
    () => findIn({ find, hide }, snapshot && topology && { snapshot, ...topology }),
    [find, hide, snapshot, topology],
  );
  const whole = topology?.whole ?? nothingAsked;
  const hues = useMemo(() => new Map(Object.entries(huesOf(whole))), [whole]);
  const dots = useMemo(() => containerDots(whole), [whole]);
  const seen = topology && {
    graph: topology.graph,
    layout: topology.layout,
    hidden: topology.hidden,
    find: found,
    hues,
    dots,
  };
  return { seen, find: found };
}
