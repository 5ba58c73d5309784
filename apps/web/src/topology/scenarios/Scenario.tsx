import { buildGraph, type Layout, type Lens, layoutGraph, type Pins } from '@vethscope/graph';
import { applyDiff, type Snapshot, type SnapshotDiff } from '@vethscope/model';
import { useMemo, useRef, useState } from 'react';
import { TopologyCanvas } from '../TopologyCanvas.tsx';
import { madeUpCounters, recentChanges } from './liveStores.ts';

const asked = new URLSearchParams(location.search);
const lens = (asked.get('lens') ?? 'docker') as Lens;
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
const find = asked.get('find');
const changes = recentChanges();

declare global {
  interface Window {
    scenario?: { apply: (diff: SnapshotDiff) => void; snapshot: () => Snapshot };
  }
}

/** The canvas with a state of its own around it, as little as it needs. */
export function Scenario({ first }: { first: Snapshot }) {
  const [snapshot, setSnapshot] = useState(first);
  const [selection, setSelection] = useState(asked.get('select'));
  const [pins, setPins] = useState<Pins>({});
  const previous = useRef<Layout | undefined>(undefined);
  const graph = useMemo(() => buildGraph(snapshot, lens), [snapshot]);
  const layout = useMemo(() => {
    const begun = performance.now();
    const made = layoutGraph(graph, { pins, aspect: 1.6, previous: previous.current });
    previous.current = made;
    console.info(`layout ${(performance.now() - begun).toFixed(1)} ms, ${graph.nodes.length} nodes`);
    return made;
  }, [graph, pins]);
  const [counters] = useState(() => madeUpCounters(asked.has('rates')));
  const hits = useMemo(
    () => (find ? new Set(graph.nodes.filter((node) => node.title.includes(find)).map((node) => node.id)) : null),
    [graph],
  );
  window.scenario = {
    snapshot: () => snapshot,
    apply: (diff) => {
      changes.record(diff);
      setSnapshot(applyDiff(snapshot, diff));
    },
  };
  return (
    <TopologyCanvas
      snapshot={snapshot}
      graph={graph}
      layout={layout}
      selection={selection}
      onSelect={setSelection}
      hits={hits}
      counters={counters}
      changes={changes}
      theme={theme}
      pins={pins}
      onPin={(id, at) =>
        setPins((now) => {
          const { [id]: _, ...others } = now;
          return at ? { ...others, [id]: at } : others;
        })
      }
    />
  );
}
