import { expect, it } from 'vitest';
import { mixInk, sixDigits } from './inks.ts';

it('mixes colours as a build writes them, shortened or not', () => {
  expect(sixDigits('#fff')).toBe('#ffffff');
  expect(sixDigits('#2F6')).toBe('#22FF66');
  expect(sixDigits('#161b26')).toBe('#161b26');
  expect(sixDigits('Inter, sans-serif')).toBe('Inter, sans-serif');
  expect(mixInk(sixDigits('#000'), sixDigits('#fff'), 0.5)).toBe('#808080');
});
