import { expect, it } from 'vitest';
import { matchItems, type PaletteItem, rank } from './paletteItems.ts';

const item = (text: string, note = ''): PaletteItem => ({ group: 'containers', record: text, text, note, tone: null });

it('puts what begins with the words first, then parts, then the rest', () => {
  expect(['web', 'my-web', 'cobweb'].map((text) => rank(item(text), 'web'))).toEqual([0, 1, 2]);
  expect(rank(item('db', '172.18.0.2'), '172.18')).toBe(3);
  expect(rank(item('db'), 'web')).toBeNull();
});

it('offers six of a group at most', () => {
  const many = Array.from({ length: 20 }, (_, index) => item(`web-${index}`));
  expect(matchItems(many, 'WEB').get('containers')).toHaveLength(6);
  expect(matchItems(many, 'nothing').size).toBe(0);
});
