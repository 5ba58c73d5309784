import type { Snapshot, SnapshotDiff } from '@vethscope/model';
import type { ReachCell, ReachSource, ReachTarget } from '@vethscope/path';
import type { Language } from '../text/language.ts';

/** `run` counts up with every Snapshot: what belongs to an older one is dropped on both sides. */
export type ReachRequest =
  | { kind: 'snapshot'; run: number; snapshot: Snapshot }
  | { kind: 'diff'; run: number; diff: SnapshotDiff }
  /** The rows and columns that are in view: their cells come first. */
  | { kind: 'view'; run: number; rows: readonly number[]; columns: readonly number[] }
  | { kind: 'explain'; run: number; row: number; column: number; language: Language };

/** Cells that were computed: `places` as row × columns + column, `codes` as `codeOf` gives them. */
export interface ReachCells {
  places: Uint32Array<ArrayBuffer>;
  codes: Uint8Array<ArrayBuffer>;
}

export type ReachReply =
  | { kind: 'axes'; run: number; sources: ReachSource[]; targets: ReachTarget[] }
  | ({ kind: 'cells'; run: number } & ReachCells)
  /** No cell is left but those that come when they are in view. */
  | { kind: 'rest'; run: number }
  | { kind: 'explained'; run: number; row: number; column: number; cell: ReachCell }
  | { kind: 'fault'; run: number; message: string };
