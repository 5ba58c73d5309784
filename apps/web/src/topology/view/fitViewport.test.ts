import { describe, expect, it } from 'vitest';
import { fitViewport, isInView } from './fitViewport.ts';

describe('fitViewport', () => {
  const size = { width: 1000, height: 700 };

  it('centres a small picture at its own size', () => {
    expect(fitViewport({ x: 0, y: 0, width: 400, height: 300 }, size)).toEqual({ x: 300, y: 182, zoom: 1 });
  });

  it('shrinks a large one until all of it is in view', () => {
    const bounds = { x: -200, y: 40, width: 4000, height: 1000 };
    expect(isInView(bounds, fitViewport(bounds, size), size)).toBe(true);
    expect(isInView(bounds, { x: 0, y: 0, zoom: 1 }, size)).toBe(false);
  });

  it('leaves room for the panels over it', () => {
    const bounds = { x: 0, y: 0, width: 4000, height: 1000 };
    const viewport = fitViewport(bounds, size, { right: 300, bottom: 0 });
    expect(viewport.x + bounds.width * viewport.zoom).toBeLessThanOrEqual(700);
  });
});
