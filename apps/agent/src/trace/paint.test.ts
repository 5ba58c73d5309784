import { expect, it } from 'vitest';
import { paintFor } from './paint.ts';

it.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, {}, false],
])('%j with %j: colours %s', (stream, env, coloured) => {
  expect(paintFor(stream, env).red('x') !== 'x').toBe(coloured);
});
