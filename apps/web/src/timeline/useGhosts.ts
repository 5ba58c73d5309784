import { buildGraph, layoutGraph, type Pins } from '@vethscope/graph';
import { useMemo } from 'react';
import type { Held } from '../api/streamReducer.ts';
import type { ChangesStore, Gone } from '../topology/canvasProps.ts';
import { goneSince } from '../topology/live/useGone.ts';
import { aspect } from '../view/topologyMemory.ts';
import type { Seen } from '../view/useTopology.ts';

interface GhostsOptions {
  before: Held | null;
  seen: Seen | null;
  pins: Pins;
  changes: ChangesStore;
}

/** What a difference took away, in the places that it would have in the shown picture; null where nothing that is drawn went. */
export function useGhosts({ before, seen, pins, changes }: GhostsOptions): Gone | null {
  const snapshot = before?.snapshot ?? null;
  const graph = seen?.graph;
  const layout = seen?.layout;
  const hues = seen?.hues;
  return useMemo(() => {
    if (!snapshot || !graph || !layout || !hues) return null;
    if (![...changes.recent().values()].some(({ kind }) => kind === 'removed')) return null;
    const earlier = buildGraph(snapshot, graph.lens, { hues: Object.fromEntries(hues) });
    const places = layoutGraph(earlier, { pins, aspect, previous: layout });
    return goneSince({ graph: earlier, layout: places }, { graph, layout }, changes);
  }, [snapshot, graph, layout, hues, pins, changes]);
}
