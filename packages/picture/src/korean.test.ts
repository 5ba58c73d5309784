import { describe, expect, it } from 'vitest';
import { needsKorean, runsOf } from './korean.ts';
import type { Scene, Shape } from './scene.ts';

const words = (text: string): Shape => ({
  kind: 'text',
  text,
  at: { x: 0, y: 0 },
  anchor: 'start',
  font: 'sans',
  size: 12,
  fill: '#000',
  width: 10,
  within: null,
});
const scene = (shape: Shape): Scene => ({
  width: 10,
  height: 10,
  background: null,
  title: '',
  description: '',
  shapes: [{ kind: 'group', id: 'a', title: null, shapes: [shape] }],
});

describe('the font of a word', () => {
  it('is the Korean one where the others have no letters for it', () => {
    expect(runsOf('front 네트워크, 구성')).toEqual([
      { text: 'front ', isKorean: false },
      { text: '네트워크', isKorean: true },
      { text: ', ', isKorean: false },
      { text: '구성', isKorean: true },
    ]);
    expect(runsOf('veth1 → eth0…')).toEqual([{ text: 'veth1 → eth0…', isKorean: false }]);
    expect(runsOf('')).toEqual([]);
  });

  it('is asked for where a picture has such a word, however deep', () => {
    expect(needsKorean(scene(words('공개된 포트')))).toBe(true);
    expect(needsKorean(scene(words('published ports · 8080')))).toBe(false);
  });
});
