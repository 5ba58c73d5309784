/** How many network hues tokens.css has; a graph's hue index wraps around. */
export const hueCount = 10;

const slot = (hue: number) => ((hue % hueCount) + hueCount) % hueCount;

/** The line colour of a network; neutral ink for what belongs to none. */
export function hueLine(hue: number | null): string {
  return hue === null ? 'var(--line-strong)' : `var(--hue-${slot(hue)})`;
}

export function hueFill(hue: number | null): string {
  return hue === null ? 'var(--surface)' : `var(--hue-${slot(hue)}-fill)`;
}

/** The custom property without `var()`, for who reads it from computed style (a canvas knows no variables). */
export function hueProperty(hue: number): string {
  return `--hue-${slot(hue)}`;
}
