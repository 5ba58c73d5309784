import { describe, expect, it } from 'vitest';
import { farFor, nextLevel } from './level.ts';

describe('nextLevel', () => {
  it('has three distances', () => {
    expect([0.1, 0.48, 1].map((zoom) => nextLevel('near', zoom))).toEqual(['overview', 'mid', 'near']);
  });

  it('needs more to come back than to go', () => {
    expect(nextLevel('mid', 0.39)).toBe('mid');
    expect(nextLevel('overview', 0.41)).toBe('overview');
    expect(nextLevel('overview', 0.44)).toBe('mid');
  });

  it('begins earlier for a large host', () => {
    expect(nextLevel('mid', 0.45, farFor(60))).toBe('mid');
    expect(nextLevel('mid', 0.45, farFor(3000))).toBe('overview');
  });
});
