import { describe, expect, it } from 'vitest';
import { fitViewport, isInView, restViewport } from './fitViewport.ts';

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

describe('restViewport', () => {
  const bounds = { x: -200, y: 0, width: 1760, height: 1280 };

  it('shows all of a picture that can be read', () => {
    const size = { width: 1110, height: 850 };
    expect(restViewport(bounds, size)).toEqual(fitViewport(bounds, size));
  });

  it('shows the upper part of it in a low canvas, as wide as that is', () => {
    const size = { width: 690, height: 250 };
    expect(fitViewport(bounds, size).zoom).toBeLessThan(0.15);
    const { x, y, zoom } = restViewport(bounds, size);
    expect(zoom).toBeGreaterThan(0.3);
    expect([bounds.x * zoom + x, bounds.y * zoom + y].map(Math.round)).toEqual([24, 24]);
    expect((bounds.x + bounds.width) * zoom + x).toBeLessThanOrEqual(size.width - 23);
  });

  it('shows all of one that could not be read so either', () => {
    const large = { ...bounds, width: 4600, height: 5000 };
    const size = { width: 690, height: 250 };
    expect(restViewport(large, size)).toEqual(fitViewport(large, size));
  });
});
