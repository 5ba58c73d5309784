import { useStore } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { type Level, nextLevel } from '../overview/level.ts';

/**
 * How near the picture is. Draws again only when the level changes, not at every step of a zoom. `firstZoom` counts until React Flow has its
 * viewport (null: the canvas has no size yet): else the first picture of a large host would be drawn near by, box by box, only to be thrown away.
 */
export function useLevel(firstZoom: number | null, far: number): Level {
  const [memory] = useState<{ level: Level }>({ level: 'near' });
  return useStore((state) => {
    if (firstZoom === null) return 'overview';
    memory.level = nextLevel(memory.level, state.panZoom ? state.transform[2] : firstZoom, far);
    return memory.level;
  });
}

const fadeFor = 220;

/** Whether the boxes near by can go: the overview has faded in over them, or they never were there. */
export function useCovered(far: boolean): boolean {
  const [covered, setCovered] = useState(true);
  if (!far && covered) setCovered(false);
  useEffect(() => {
    if (!far) return;
    const timer = setTimeout(() => setCovered(true), fadeFor);
    return () => clearTimeout(timer);
  }, [far]);
  return far && covered;
}
