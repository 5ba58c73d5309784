import type { Layout } from '@vethscope/graph';
import { expect, it } from 'vitest';
import { packetRoute } from './packetRoute.ts';

const layout = {
  boxes: { card: { x: 100, y: 100, width: 40, height: 20 } },
  routes: {
    a: {
      points: [
        { x: 0, y: 0 },
        { x: 0, y: 50 },
      ],
      label: null,
    },
    b: {
      points: [
        { x: 80, y: 50 },
        { x: 0, y: 50 },
      ],
      label: null,
    },
  },
} as unknown as Layout;

it('joins the lines of a step, each in the direction in which it is taken', () => {
  const moves = [
    { id: 'a', reverse: false },
    { id: 'b', reverse: true },
  ];
  expect(packetRoute({ moves, node: 'card' }, layout)).toBe('M0 0L0 44Q0 50 6 50L80 50');
});

it('stands on its node where it came by no line, and nowhere where that is not drawn', () => {
  expect(packetRoute({ moves: [], node: 'card' }, layout)).toBe('M119.5 110L120 110');
  expect(packetRoute({ moves: [{ id: 'gone', reverse: false }], node: 'gone' }, layout)).toBeNull();
});
