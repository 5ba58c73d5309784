import type { LayoutPlan } from '../layout.ts';
import type { Arrangement } from './arrangement.ts';
import { frame } from './metrics.ts';
import { pack } from './packShelves.ts';
import { perColumn, shelfHeight } from './shelfSize.ts';
import { wishes } from './wishes.ts';

/** The plan whose picture comes nearest to the aspect; among equals the narrowest. */
export function planLayout(arrangement: Arrangement, aspect: number): LayoutPlan {
  const list = wishes(arrangement);
  const { metrics } = arrangement;
  const cards = list.reduce((sum, wish) => sum + Math.max(wish.cards.length, wish.least) + 1, 0);
  // The width at which the cards alone would have the aspect; the best is found around it.
  const ideal = Math.sqrt(cards * metrics.pitch * metrics.shelf * aspect) / metrics.unit;
  const [low, high] = [Math.max(12, Math.floor(ideal * 0.45)), Math.ceil(ideal * 1.5) + 8];
  const step = Math.max(1, Math.floor((high - low) / 40));
  let best: { plan: LayoutPlan; score: number } | null = null;
  for (let units = low; units <= high; units += step) {
    const plan = pack(arrangement, list, units);
    const score = planScore(arrangement, plan, aspect);
    if (best === null || score < best.score - 1e-9) best = { plan, score };
  }
  const plan = best?.plan ?? pack(arrangement, list, 12);
  widenLast(plan);
  return plan;
}

/** How far from the aspect, and how much paper: less is better. Half the aspect, or sixteen times the area, are 0.69 each. */
export function planScore(arrangement: Arrangement, plan: LayoutPlan, aspect: number): number {
  const size = planSize(arrangement, plan);
  return Math.abs(Math.log(size.width / size.height / aspect)) + Math.log(size.width * size.height) / 4;
}

/** Pixels of the shelves, roughly: enough to compare two plans. */
function planSize(arrangement: Arrangement, plan: LayoutPlan): { width: number; height: number } {
  const { metrics } = arrangement;
  return {
    width: plan.width * metrics.unit + frame.outside.width + frame.outside.channel + 120,
    height:
      plan.shelves.reduce((sum, shelf) => sum + shelfHeight(arrangement, shelf), 0) + frame.title + 2 * frame.padding,
  };
}

/** The last bar of each shelf reaches to the right edge: one line for the eye, and room for what comes. */
function widenLast(plan: LayoutPlan): void {
  plan.shelves.forEach((_, shelf) => {
    const last = plan.blocks.filter((block) => block.shelf === shelf).sort((a, b) => b.unit - a.unit)[0];
    if (last?.kind !== 'network') return;
    last.reach = true;
    const rows = Math.max(1, Math.ceil(last.slots.length / last.columns));
    if (rows === 1) last.columns = Math.floor((plan.width - last.unit) / perColumn);
  });
}
