import type { PlanBlock, PlanShelf } from '../layout.ts';
import type { Arrangement } from './arrangement.ts';
import type { Metrics } from './metrics.ts';

/** Units in a column of cards. */
export const perColumn = 4;

/** Ports of one more container find room without moving anything. */
const spare = 56;

/** From a tray's top to its cards. */
export const trayHead = 40;

/** Bars of empty networks in one column of the stack: as many as fit beside a row of cards. */
export function stackRows({ metrics }: Arrangement): number {
  return Math.floor((metrics.shelf - 20) / stackPitch(metrics));
}

export function stackPitch(metrics: Arrangement['metrics']): number {
  return metrics.bar + 22;
}

/** From one row of a block's cards to the next: in a tray no lines run between them. */
export function rowPitch(metrics: Metrics, kind: PlanBlock['kind']): number {
  return kind === 'tray' ? metrics.card.height + 20 : metrics.fold;
}

/** Rows of a shelf that a block of so many rows takes. */
export function shelfRows(metrics: Metrics, kind: PlanBlock['kind'], rows: number): number {
  return 1 + Math.ceil(((Math.max(rows, 1) - 1) * rowPitch(metrics, kind)) / metrics.fold);
}

/** Rows of a block that fit in a shelf of so many. */
export function blockRows(metrics: Metrics, kind: PlanBlock['kind'], rows: number): number {
  return 1 + Math.floor(((rows - 1) * metrics.fold) / rowPitch(metrics, kind));
}

export function shelfHeight({ metrics }: Arrangement, shelf: PlanShelf): number {
  const cards =
    (shelf.bare ? metrics.shelf - (metrics.hang - trayHead) : metrics.shelf) + (shelf.rows - 1) * metrics.fold;
  return Math.max(cards + shelf.extra, Math.ceil((shelf.ports + spare) / 20) * 20);
}
