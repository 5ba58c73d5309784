import { describe, expect, it } from 'vitest';
import { rateText, rateWidth } from './rateWidth.ts';

describe('rates', () => {
  it('draws nothing for silence, and never more than 12 pixels', () => {
    expect(rateWidth(0)).toBe(0);
    expect(rateWidth(1e15)).toBe(12);
  });

  it('grows by the logarithm, in half pixels', () => {
    expect(rateWidth(1000)).toBe(2.5);
    expect(rateWidth(1e6)).toBe(7);
    expect(rateWidth(1.05e6)).toBe(7);
  });

  it('says a rate in three figures', () => {
    expect([0, 512, 1234, 88_000, 999_600, 1.2e6].map(rateText)).toEqual([
      '0 B/s',
      '512 B/s',
      '1.2 kB/s',
      '88 kB/s',
      '1.0 MB/s',
      '1.2 MB/s',
    ]);
  });
});
