import { describe, expect, it } from 'vitest';
import { distanceToRoute, roundedPath, simplifyRoute } from './roundedPath.ts';

describe('roundedPath', () => {
  it('draws a straight line as one segment', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 20 },
        { x: 0, y: 40 },
      ]),
    ).toBe('M0 0L0 40');
  });

  it('rounds a corner by the radius', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 40 },
        { x: 40, y: 40 },
      ]),
    ).toBe('M0 0L0 34Q0 40 6 40L40 40');
  });

  it('never lets an arc take more than half of a leg', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 4 },
        { x: 40, y: 4 },
      ]),
    ).toBe('M0 0L0 2Q0 4 2 4L40 4');
  });

  it('has nothing to say of an empty route', () => {
    expect(roundedPath([])).toBe('');
  });
});

describe('routes', () => {
  const route = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 30 },
  ];

  it('drops repeated points', () => {
    expect(simplifyRoute([route[0], route[0], route[1], route[2]].filter((p) => p !== undefined))).toEqual(route);
  });

  it('measures how far away a point is', () => {
    expect(distanceToRoute(route, { x: 14, y: 20 })).toBe(4);
    expect(distanceToRoute(route.slice(0, 1), { x: 14, y: 20 })).toBe(Number.POSITIVE_INFINITY);
  });
});
