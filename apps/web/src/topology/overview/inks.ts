import { hueCount, hueProperty } from '../../theme/hues.ts';

/** The theme's colours as a canvas needs them: plain values, read once per theme. */
export interface Inks {
  page: string;
  surface: string;
  line: string;
  lineStrong: string;
  ink1: string;
  ink2: string;
  accent: string;
  good: string;
  warn: string;
  bad: string;
  hues: readonly string[];
  fills: readonly string[];
  fontText: string;
  fontFact: string;
}

/** "#fff" is what a build makes of "#ffffff". Other words are left as they are. */
export function sixDigits(colour: string): string {
  return colour.replace(/^#([\da-f])([\da-f])([\da-f])$/i, '#$1$1$2$2$3$3');
}

export function readInks(element: Element): Inks {
  const style = getComputedStyle(element);
  const read = (property: string) => sixDigits(style.getPropertyValue(property).trim());
  const hues = Array.from({ length: hueCount }, (_, index) => hueProperty(index));
  return {
    page: read('--page'),
    surface: read('--surface'),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    ink1: read('--ink-1'),
    ink2: read('--ink-2'),
    accent: read('--accent'),
    good: read('--good'),
    warn: read('--warn'),
    bad: read('--bad'),
    hues: hues.map(read),
    fills: hues.map((property) => read(`${property}-fill`)),
    fontText: read('--font-text'),
    fontFact: read('--font-fact'),
  };
}

/** A colour laid over another, both as #rrggbb: `part` of the first. */
export function mixInk(over: string, under: string, part: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(over, at) * part + channel(under, at) * (1 - part)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

export function hueInk(inks: Inks, hue: number | null): string {
  return hue === null ? inks.lineStrong : (inks.hues[hue % inks.hues.length] ?? inks.lineStrong);
}

export function fillInk(inks: Inks, hue: number | null): string {
  return hue === null ? inks.surface : (inks.fills[hue % inks.fills.length] ?? inks.surface);
}
