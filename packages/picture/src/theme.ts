/*
 * The colours of pictures: those of the page (apps/web/src/theme/tokens.css; a test compares them), as plain hex values, because a picture knows
 * no custom properties. What the page mixes with color-mix is mixed here once.
 */

export type ThemeName = 'light' | 'dark';

export interface Theme {
  name: ThemeName;
  page: string;
  surface: string;
  sunken: string;
  line: string;
  lineStrong: string;
  ink1: string;
  ink2: string;
  ink3: string;
  accent: string;
  accentFill: string;
  onAccent: string;
  good: string;
  warn: string;
  bad: string;
  goodInk: string;
  warnInk: string;
  badInk: string;
  goodFill: string;
  warnFill: string;
  badFill: string;
  /** A network's line and fill, by the hue of the graph; wraps around. */
  hues: { line: string; fill: string }[];
  /** How much of the surface is mixed into the page within the host's frame. */
  frame: number;
  /** Opacity of what lies below a card. */
  shadow: number;
}

const light: Theme = {
  name: 'light',
  page: '#f6f7f9',
  surface: '#ffffff',
  sunken: '#f6f7f9',
  line: '#d5dae3',
  lineStrong: '#aeb6c4',
  ink1: '#161b26',
  ink2: '#596275',
  ink3: '#8a93a5',
  accent: '#2f6bff',
  accentFill: '#e9f0ff',
  onAccent: '#ffffff',
  good: '#14925b',
  warn: '#b7791f',
  bad: '#d1343a',
  goodInk: '#0f7a4b',
  warnInk: '#8a5a12',
  badInk: '#b8262d',
  goodFill: '#e4f4ec',
  warnFill: '#fbf1df',
  badFill: '#fdeaea',
  hues: [
    { line: '#2f6bff', fill: '#e9f0ff' },
    { line: '#0c8f83', fill: '#e2f5f2' },
    { line: '#b4540a', fill: '#fdefe2' },
    { line: '#8a3ffc', fill: '#f1e8ff' },
    { line: '#9b1064', fill: '#f5e7f0' },
    { line: '#56630f', fill: '#eeefe7' },
    { line: '#056495', fill: '#e6f0f4' },
    { line: '#5e6cc0', fill: '#eff0f9' },
    { line: '#5c0b84', fill: '#efe7f3' },
    { line: '#72480b', fill: '#f1ede7' },
  ],
  frame: 0.78,
  shadow: 0.07,
};

const dark: Theme = {
  name: 'dark',
  page: '#0e1117',
  surface: '#161b24',
  sunken: '#0e1117',
  line: '#2a3240',
  lineStrong: '#4a5568',
  ink1: '#e8ecf3',
  ink2: '#9aa5b8',
  ink3: '#6d788c',
  accent: '#6c9bff',
  accentFill: '#17233e',
  onAccent: '#0e1117',
  good: '#3ecf8e',
  warn: '#e5b454',
  bad: '#ff6b70',
  goodInk: '#3ecf8e',
  warnInk: '#e5b454',
  badInk: '#ff6b70',
  goodFill: '#12291f',
  warnFill: '#2b2415',
  badFill: '#301a1e',
  hues: [
    { line: '#6c9bff', fill: '#17233e' },
    { line: '#39c6b6', fill: '#10292a' },
    { line: '#f0984d', fill: '#2d1f14' },
    { line: '#b693ff', fill: '#241b38' },
    { line: '#e07cc0', fill: '#302838' },
    { line: '#c5d24e', fill: '#2d3329' },
    { line: '#74cbf7', fill: '#273440' },
    { line: '#909be0', fill: '#262c3c' },
    { line: '#dcbcf9', fill: '#303040' },
    { line: '#e5c786', fill: '#313131' },
  ],
  frame: 0.42,
  shadow: 0.3,
};

export const themes: Readonly<Record<ThemeName, Theme>> = { light, dark };

export interface HueColours {
  line: string;
  fill: string;
  /** For words in the network's colour: dark enough to be read on its fill. */
  ink: string;
  badge: string;
  badgeInk: string;
}

/** The colours of a network; neutral ones for what belongs to none. */
export function hueOf(theme: Theme, hue: number | null): HueColours {
  const count = theme.hues.length;
  const own = hue === null ? undefined : theme.hues[((hue % count) + count) % count];
  const { line, fill } = own ?? { line: theme.lineStrong, fill: theme.surface };
  return {
    line,
    fill,
    ink: mix(line, theme.ink1, 0.76),
    badge: mix(line, fill, 0.14),
    badgeInk: mix(line, theme.ink1, 0.7),
  };
}

/** CSS's color-mix(in srgb, `a` share, `b`), of two colours as #rrggbb. */
export function mix(a: string, b: string, share: number): string {
  const channel = (at: number) => {
    const [from, to] = [Number.parseInt(b.slice(at, at + 2), 16), Number.parseInt(a.slice(at, at + 2), 16)];
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
