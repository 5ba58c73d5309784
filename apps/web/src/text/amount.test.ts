import { expect, it } from 'vitest';
import { bytes, rate } from './amount.ts';
import { duration } from './duration.ts';

it('says amounts in three figures or fewer', () => {
  expect([0, 999, 1000, 1234, 9949, 9950, 88_000, 999_600, 1_200_000, 3e12, 5e15].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 kB',
    '9.9 kB',
    '10 kB',
    '88 kB',
    '1.0 MB',
    '1.2 MB',
    '3.0 TB',
    '5000 TB',
  ]);
  expect(rate(1500)).toBe('1.5 kB/s');
});

it('says how long', () => {
  expect([-5, 400, 59_000, 61_000, 3_600_000, 200_000_000].map(duration)).toEqual([
    '0 s',
    '0 s',
    '59 s',
    '1 min',
    '1 h',
    '2 days',
  ]);
});
