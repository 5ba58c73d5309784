import type { Point } from '@vethscope/graph';
import type { Node } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';

/**
 * Boxes are pinned by dragging: with Shift held, or at once where they are pinned already. A drag reports at most once a frame, as every report is a
 * new layout, so that lines follow the box.
 */
export function usePinDrag(onPin: (nodeId: string, at: Point | null) => void) {
  const [dragging, setDragging] = useState(false);
  const [shift, setShift] = useState(false);
  const frame = useRef(0);

  useEffect(() => {
    const follow = (event: globalThis.KeyboardEvent) => setShift(event.shiftKey);
    const release = () => setShift(false);
    window.addEventListener('keydown', follow);
    window.addEventListener('keyup', follow);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', follow);
      window.removeEventListener('keyup', follow);
      window.removeEventListener('blur', release);
      cancelAnimationFrame(frame.current);
    };
  }, []);

  return {
    dragging,
    movable: shift || dragging,
    onNodeDragStart: () => setDragging(true),
    onNodeDrag: (_: unknown, node: Node) => {
      cancelAnimationFrame(frame.current);
      const { x, y } = node.position;
      frame.current = requestAnimationFrame(() => onPin(node.id, { x: Math.round(x), y: Math.round(y) }));
    },
    onNodeDragStop: (_: unknown, node: Node) => {
      cancelAnimationFrame(frame.current);
      setDragging(false);
      // On the layout's grid, so that what was put in line by eye is in line.
      onPin(node.id, { x: Math.round(node.position.x / 4) * 4, y: Math.round(node.position.y / 4) * 4 });
    },
  };
}
