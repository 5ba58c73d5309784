import type { Snapshot } from '@vethscope/model';
import { type ReachCell, reachCell } from './reachCell.ts';
import type { ReachSource } from './reachSources.ts';
import type { ReachTarget } from './reachTargets.ts';

/** A cell with its place in the matrix: indexes of its source and its target. */
export interface PlacedCell extends ReachCell {
  row: number;
  column: number;
}

/**
 * All cells of a matrix, row by row, in batches (the last may be smaller): between two of them a worker can say how far it is, or stop.
 */
export function* reachCells(
  snapshot: Snapshot,
  {
    sources,
    targets,
    batch = 256,
  }: { sources: readonly ReachSource[]; targets: readonly ReachTarget[]; batch?: number },
): Generator<PlacedCell[], void, void> {
  let cells: PlacedCell[] = [];
  for (const [row, source] of sources.entries()) {
    for (const [column, target] of targets.entries()) {
      cells.push({ ...reachCell(snapshot, { source, target }), row, column });
      if (cells.length < batch) continue;
      yield cells;
      cells = [];
    }
  }
  if (cells.length > 0) yield cells;
}
