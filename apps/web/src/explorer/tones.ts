import type { Disposition } from '@vethscope/model';
import { type Outcome, outcomeOf } from '@vethscope/path';
import type { DotTone } from '../ui/StatusDot.tsx';

const tones: Record<Outcome, DotTone> = { success: 'good', failure: 'bad', unknown: 'warn' };
const inks: Record<Outcome, string> = {
  success: 'text-good-ink',
  failure: 'text-bad-ink',
  unknown: 'text-warn-ink',
};

export const toneOf = (disposition: Disposition): DotTone => tones[outcomeOf(disposition)];
export const inkOf = (disposition: Disposition): string => inks[outcomeOf(disposition)];
