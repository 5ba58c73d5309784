import { expect, it } from 'vitest';
import { actionOf, shownKeys } from './shortcuts.ts';

const press = (key: string, mods: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...mods,
});

it('knows the palette by either modifier, also while typing', () => {
  expect(actionOf(press('k', { ctrlKey: true }), true)).toBe('palette');
  expect(actionOf(press('k', { metaKey: true }), false)).toBe('palette');
  expect(actionOf(press('k'), false)).toBeNull();
});

it('leaves letters to who types, and what belongs to the browser', () => {
  expect(actionOf(press('t'), false)).toBe('tree');
  expect(actionOf(press('t'), true)).toBeNull();
  expect(actionOf(press('t', { ctrlKey: true }), false)).toBeNull();
  expect(actionOf(press('f', { altKey: true }), false)).toBeNull();
});

it('takes + where it needs no shift', () => {
  expect(actionOf(press('='), false)).toBe('zoomIn');
  expect(shownKeys('+')).toEqual(['+']);
  expect(shownKeys('mod+K')).toEqual(['Ctrl', 'K']);
});
