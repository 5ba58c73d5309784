import { fitText, measureText } from './measureText.ts';

/** Sizes of the words on a bar and around it, in pixels: what draws them and what lays them out must agree. */
export const barText = {
  title: 12,
  detail: 11,
  badge: 10,
  padding: 14,
  gap: 10,
  badgePadding: 7,
  badgeGap: 6,
} as const;

export interface BarLabel {
  title: string;
  detail: string;
  badges: string[];
  /** Something was left out: the whole belongs in a tooltip. */
  cut: boolean;
}

const separator = ' · ';

function badgesWidth(badges: readonly string[]): number {
  return badges.reduce(
    (sum, badge) => sum + measureText(badge, 'sans', barText.badge) + 2 * barText.badgePadding + barText.badgeGap,
    0,
  );
}

/** The width that a bar's words need when nothing is left out. */
export function barLabelWidth(bar: { title: string; detail: string; badges: readonly string[] }): number {
  const title = measureText(bar.title, 'sansStrong', barText.title);
  const detail = bar.detail === '' ? 0 : barText.gap + measureText(bar.detail, 'mono', barText.detail);
  return 2 * barText.padding + title + detail + (bar.badges.length > 0 ? barText.gap + badgesWidth(bar.badges) : 0);
}

/**
 * What of a bar's words fits in `width` pixels. Whole parts go first, the last of the detail before the badges, so that an address is never
 * cut in the middle; only a title wider than the bar is cut.
 */
export function barLabel(bar: { title: string; detail: string; badges: readonly string[] }, width: number): BarLabel {
  const parts = bar.detail === '' ? [] : bar.detail.split(separator);
  const badges = [...bar.badges];
  const fits = () => barLabelWidth({ title: bar.title, detail: parts.join(separator), badges }) <= width;
  // The driver's word is the first to go where others follow: a bus that is drawn as one needs no "bridge".
  if (!fits() && parts[0] === 'bridge' && parts.length > 1) parts.shift();
  while (!fits() && parts.length > 1) parts.pop();
  while (!fits() && badges.length > 0) badges.pop();
  if (!fits()) parts.length = 0;
  const title = fitText(bar.title, 'sansStrong', barText.title, width - 2 * barText.padding);
  const detail = parts.join(separator);
  return {
    title,
    detail,
    badges,
    cut: title !== bar.title || detail !== bar.detail || badges.length < bar.badges.length,
  };
}
