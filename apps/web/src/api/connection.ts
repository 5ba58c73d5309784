import type { ErrorBody } from '@vethscope/model';

/**
 * Whether the agent talks to us, which says nothing about whether we have something to show. `since` is when this phase began, in
 * milliseconds since the epoch.
 * - `connecting`: the first try of this page.
 * - `open`: messages, or signs of life, come in.
 * - `lost`: it was open, or could not be opened; the next try is at `retryAt`. `lostAt` is when the last sign of life was.
 * - `refused`: the agent says no (a token is missing): trying again helps nobody, so it is not done.
 * - `resting`: nobody looks at this page, so the agent is let go.
 */
export type Connection =
  | { phase: 'connecting'; since: number }
  | { phase: 'open'; since: number }
  | { phase: 'lost'; since: number; lostAt: number; retryAt: number; attempt: number; error: ErrorBody | null }
  | { phase: 'refused'; since: number; error: ErrorBody }
  | { phase: 'resting'; since: number };

/** The wait before the next try, in milliseconds: 0.5 s, doubled each time up to 15 s, and up to a quarter more so that pages spread out. */
export function retryDelay(attempt: number, random: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(attempt, 10)) * (1 + random / 4);
}
