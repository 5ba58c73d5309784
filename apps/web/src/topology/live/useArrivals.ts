import type { Graph } from '@vethscope/graph';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ChangesStore } from '../canvasProps.ts';

const glowFor = 1700;

export interface Arrivals {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
}

const none: Arrivals = { nodes: new Set(), edges: new Set() };

/**
 * What is lit because it came just now: boxes that lead with an added record, and lines that stand for one. A box that a filter gives back
 * is not news, so the graph alone does not say it.
 */
export function useArrivals(graph: Graph, changes: ChangesStore): Arrivals {
  const recent = useSyncExternalStore(changes.subscribe, changes.recent);
  const [over, setOver] = useState<ReadonlyMap<string, unknown> | null>(null);

  useEffect(() => {
    if (recent.size === 0) return;
    const timer = setTimeout(() => setOver(recent), glowFor);
    return () => clearTimeout(timer);
  }, [recent]);

  return useMemo(() => {
    if (recent === over || recent.size === 0) return none;
    const since = Date.now() - glowFor;
    const isNew = (id: string | undefined) => {
      const change = id === undefined ? undefined : recent.get(id);
      return change?.kind === 'added' && change.at > since;
    };
    return {
      nodes: new Set(graph.nodes.filter((node) => isNew(node.records[0])).map((node) => node.id)),
      edges: new Set(graph.edges.filter((edge) => edge.records.some(isNew)).map((edge) => edge.id)),
    };
  }, [graph, recent, over]);
}
