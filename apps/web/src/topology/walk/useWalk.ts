import type { Graph, Layout } from '@vethscope/graph';
import { type KeyboardEvent, useState } from 'react';
import type { ViewControl } from '../view/useView.ts';
import { type Cursor, type Direction, readingOrder, tabStep, walk } from './walk.ts';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

interface WalkOptions {
  graph: Graph;
  layout: Layout;
  /** Where to begin: the node of the selection. */
  start: string | null;
  view: ViewControl;
  onEnter: (cursor: Cursor) => void;
  onClear: () => void;
}

/**
 * The canvas by keyboard. An arrow or Enter begins the walk; while it lasts Tab goes on in reading order, and past the last box on to the
 * page. Escape ends the walk first, then clears the selection. Without a walk Tab just passes the canvas: nobody is caught in it.
 */
export function useWalk({ graph, layout, start, view, onEnter, onClear }: WalkOptions) {
  const [stored, setCursor] = useState<Cursor | null>(null);
  // What the cursor stood on may be gone with the last change.
  const cursor = stored && graph.nodes.some((node) => node.id === stored.node) ? stored : null;

  const goTo = (next: Cursor) => {
    setCursor(next);
    const box = layout.boxes[next.node];
    if (box) view.ensure(box);
  };
  const begin = () => {
    const first = start ?? readingOrder(graph, layout)[0];
    if (first !== undefined) goTo({ node: first, row: null });
  };

  /** Whether the key was one of ours. */
  const take = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const direction = arrows[event.key];
    if (direction && event.shiftKey) {
      const step = 60;
      const x = direction === 'left' ? step : direction === 'right' ? -step : 0;
      const y = direction === 'up' ? step : direction === 'down' ? -step : 0;
      view.panBy(x, y);
      return true;
    }
    if (direction) {
      if (cursor) goTo(walk(graph, layout, cursor, direction));
      else begin();
      return true;
    }
    switch (event.key) {
      case 'Tab': {
        const next = cursor && tabStep(graph, layout, cursor, event.shiftKey ? -1 : 1);
        if (!next) {
          setCursor(null);
          return false;
        }
        goTo(next);
        return true;
      }
      case 'Enter':
      case ' ':
        if (cursor) onEnter(cursor);
        else begin();
        return true;
      case 'Escape':
        if (cursor) setCursor(null);
        else onClear();
        return true;
      case '+':
      case '=':
        view.zoomBy(1.25);
        return true;
      case '-':
        view.zoomBy(1 / 1.25);
        return true;
      case '1':
        view.zoomTo(1);
        return true;
      case '0':
      case 'f':
        view.fit();
        return true;
      default:
        return false;
    }
  };

  return {
    cursor,
    leave: () => setCursor(null),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      // Keys of a button in a corner are the button's.
      if (event.target !== event.currentTarget) return;
      if (take(event)) event.preventDefault();
    },
  };
}
