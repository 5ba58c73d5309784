import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mix, type ThemeName, themes } from './theme.ts';

const css = readFileSync(new URL('../../../apps/web/src/theme/tokens.css', import.meta.url), 'utf8');

function tokens(theme: ThemeName): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

/** "inkTwo" is never written; "ink2" is "ink-2", "lineStrong" is "line-strong". */
const tokenOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/\d$/, '-$&');

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const theme = themes[name];

  it('has the colours of the page', () => {
    const css = tokens(name);
    expect(css.size).toBeGreaterThan(30);
    for (const [key, value] of Object.entries(theme))
      if (typeof value === 'string' && value.startsWith('#')) expect(value, key).toBe(css.get(tokenOf(key)));
    theme.hues.forEach(({ line, fill }, hue) => {
      expect([line, fill]).toEqual([css.get(`hue-${hue}`), css.get(`hue-${hue}-fill`)]);
    });
    expect(css.has(`hue-${theme.hues.length}`)).toBe(false);
  });

  it('can be read', () => {
    const frame = mix(theme.surface, theme.page, theme.frame);
    for (const ground of [theme.page, theme.surface, frame])
      for (const ink of [theme.ink1, theme.ink2]) expect(contrast(ink, ground)).toBeGreaterThan(4.5);
    for (const { line, fill } of theme.hues) {
      expect(contrast(mix(line, theme.ink1, 0.76), fill)).toBeGreaterThan(4.5);
      expect(contrast(theme.ink2, fill)).toBeGreaterThan(4.5);
    }
  });
});
