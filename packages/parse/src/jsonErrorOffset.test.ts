import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorOffset } from './jsonErrorOffset.ts';

describe('jsonErrorOffset', () => {
  it.each([
    ['', 0],
    ['{"a": nope}', 6],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1, 2', 5],
    ['[1 2]', 3],
    ['{"a": 1} x', 9],
    ['"open', 0],
    ['{,}', 1],
    [']', 0],
  ])('%j: %i', (json, offset) => expect(jsonErrorOffset(json)).toBe(offset));

  it('finds nothing wrong in JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(jsonErrorOffset(json)).toBe(json.length);
      }),
    );
  });

  it('what stands before the offset could have gone on', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('?', '}', ']', ',', ':'), (json, place, character) => {
        const at = place % (json.length + 1);
        const broken = `${json.slice(0, at)}${character}${json.slice(at)}`;
        expect(jsonErrorOffset(broken)).toBeLessThanOrEqual(broken.length);
      }),
    );
  });

  it('is not troubled by depth', () => {
    expect(jsonErrorOffset('['.repeat(100_000))).toBe(100_000);
  });
});
