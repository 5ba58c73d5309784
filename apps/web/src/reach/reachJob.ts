import type { Snapshot } from '@vethscope/model';
import {
  type ReachCell,
  type ReachSource,
  type ReachTarget,
  reachCell,
  reachSources,
  reachTargets,
  type Sentences,
} from '@vethscope/path';
import { codeOf } from './cellCode.ts';
import type { ReachCells } from './reachMessages.ts';

/** So many cells are computed beside those in view, some ten seconds of work: a host of a thousand containers has millions. */
const mostUnseen = 250_000;

/** The matrix of one Snapshot while it is being filled: what is in view first, then the rest, row by row. */
export class ReachJob {
  readonly sources: ReachSource[];
  readonly targets: ReachTarget[];
  private readonly snapshot: Snapshot;
  private readonly known: Uint8Array;
  private view: { rows: readonly number[]; columns: readonly number[]; next: number } | null = null;
  private next = 0;
  private readonly end: number;

  constructor(snapshot: Snapshot, { unseen = mostUnseen }: { unseen?: number } = {}) {
    this.snapshot = snapshot;
    this.sources = reachSources(snapshot);
    this.targets = reachTargets(snapshot);
    const all = this.sources.length * this.targets.length;
    this.known = new Uint8Array(all);
    this.end = Math.min(all, unseen);
  }

  look(rows: readonly number[], columns: readonly number[]): void {
    this.view = { rows, columns, next: 0 };
  }

  /** One cell with its sentence and its question; null where there is no such cell. */
  explain(row: number, column: number, sentences?: Sentences): ReachCell | null {
    const source = this.sources[row];
    const target = this.targets[column];
    return source === undefined || target === undefined
      ? null
      : reachCell(this.snapshot, { source, target }, sentences);
  }

  /** Computes until `enough` says so, asked after each few cells; null where nothing is left to compute. */
  step(enough: () => boolean): ReachCells | null {
    const places: number[] = [];
    const codes: number[] = [];
    for (let place = this.take(); place !== null; place = this.take()) {
      const cell = this.explain(Math.floor(place / this.targets.length), place % this.targets.length);
      if (cell === null) continue;
      this.known[place] = 1;
      places.push(place);
      codes.push(codeOf(cell.disposition));
      if (places.length % 16 === 0 && enough()) break;
    }
    return places.length === 0 ? null : { places: Uint32Array.from(places), codes: Uint8Array.from(codes) };
  }

  private take(): number | null {
    const { view } = this;
    const width = this.targets.length;
    if (view !== null) {
      const { rows, columns } = view;
      for (; view.next < rows.length * columns.length; view.next++) {
        const row = rows[Math.floor(view.next / columns.length)] ?? 0;
        const place = row * width + (columns[view.next % columns.length] ?? 0);
        if (this.known[place] === 0) return place;
      }
    }
    for (; this.next < this.end; this.next++) if (this.known[this.next] === 0) return this.next;
    return null;
  }
}
