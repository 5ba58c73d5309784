import type { Graph, GraphNode } from '@vethscope/graph';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ChangesStore } from '../canvasProps.ts';

const glowFor = 1700;

export interface Arrivals {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Boxes that lead with a record that is another one: for lasting changes only, since live ones would flicker. */
  changed: ReadonlySet<string>;
}

const none: Arrivals = { nodes: new Set(), edges: new Set(), changed: new Set() };

/**
 * What is lit because it came just now: boxes that lead with an added record, and lines that stand for one. A box that a filter gives back
 * is not news, so the graph alone does not say it.
 */
export function useArrivals(graph: Graph, changes: ChangesStore): Arrivals {
  const recent = useSyncExternalStore(changes.subscribe, changes.recent);
  const [over, setOver] = useState<ReadonlyMap<string, unknown> | null>(null);

  useEffect(() => {
    if (recent.size === 0 || changes.lasting) return;
    const timer = setTimeout(() => setOver(recent), glowFor);
    return () => clearTimeout(timer);
  }, [recent, changes]);

  return useMemo(() => {
    if ((recent === over && !changes.lasting) || recent.size === 0) return none;
    const since = changes.lasting ? Number.NEGATIVE_INFINITY : Date.now() - glowFor;
    const isNew = (id: string | undefined) => {
      const change = id === undefined ? undefined : recent.get(id);
      return change?.kind === 'added' && change.at > since;
    };
    const isChanged = ({ records: [id] }: GraphNode) => id !== undefined && recent.get(id)?.kind === 'updated';
    return {
      nodes: new Set(graph.nodes.filter((node) => isNew(node.records[0])).map((node) => node.id)),
      edges: new Set(graph.edges.filter((edge) => edge.records.some(isNew)).map((edge) => edge.id)),
      changed: new Set(changes.lasting ? graph.nodes.filter(isChanged).map((node) => node.id) : []),
    };
  }, [graph, changes, recent, over]);
}
