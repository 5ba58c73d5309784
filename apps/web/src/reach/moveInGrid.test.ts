import { describe, expect, it } from 'vitest';
import { filterAxis } from './filterAxis.ts';
import { moveInGrid } from './moveInGrid.ts';

const size = { rows: 10, columns: 20, page: 4 };
const at = { row: 5, column: 5 };

describe('keys in the grid', () => {
  it.each([
    ['ArrowUp', false, { row: 4, column: 5 }],
    ['ArrowDown', false, { row: 6, column: 5 }],
    ['ArrowLeft', false, { row: 5, column: 4 }],
    ['ArrowRight', false, { row: 5, column: 6 }],
    ['PageUp', false, { row: 1, column: 5 }],
    ['PageDown', false, { row: 9, column: 5 }],
    ['Home', false, { row: 5, column: 0 }],
    ['End', false, { row: 5, column: 19 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 9, column: 19 }],
  ])('%s (ctrl %s) leads to %j', (key, ctrl, place) => {
    expect(moveInGrid(at, { key, ctrl }, size)).toEqual(place);
  });

  it('stay within it, and others are none of its business', () => {
    expect(moveInGrid({ row: 0, column: 0 }, { key: 'ArrowUp', ctrl: false }, size)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid(at, { key: 'x', ctrl: false }, size)).toBeNull();
  });
});

it('a filter keeps the places of what has every word', () => {
  const list = ['web front', 'web back', 'db back'];
  const words = (one: string) => one;
  expect(filterAxis(list, ' BACK  we', words)).toEqual([1]);
  expect(filterAxis(list, '', words)).toEqual([0, 1, 2]);
  expect(filterAxis(list, 'nothing', words)).toEqual([]);
});
