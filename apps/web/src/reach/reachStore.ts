import { diffSnapshots, type Snapshot } from '@vethscope/model';
import type { ReachCell, ReachSource, ReachTarget } from '@vethscope/path';
import { language } from '../text/text.ts';
import type { ReachReply, ReachRequest } from './reachMessages.ts';

/** As much of a Worker as is needed here. */
export interface ReachPort {
  postMessage(request: ReachRequest): void;
  terminate(): void;
  onmessage: ((event: { data: ReachReply }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

/** `codes`: a byte for each cell, row by row (see cellCode.ts). `isOld`: 1 where it is of the Snapshot before. */
export interface Matrix {
  sources: readonly ReachSource[];
  targets: readonly ReachTarget[];
  codes: Uint8Array;
  isOld: Uint8Array;
}

export interface ReachState {
  matrix: Matrix | null;
  /** Cells of the present Snapshot. */
  done: number;
  /** How many of them have which code. */
  counts: readonly number[];
  /** waiting: the Snapshot changed and is about to be asked. rest: nothing more is computed but what comes into view. */
  phase: 'waiting' | 'computing' | 'rest' | 'fault';
  fault: string | null;
}

const nothing: ReachState = { matrix: null, done: 0, counts: [], phase: 'waiting', fault: null };

/** What is in view comes first and is drawn at once. The rest comes many times a second, and the page has other things to do than to count it. */
const breathMs = 200;

/** Makes the matrix of a new Snapshot, with the cells of the old one where both ends are still there. */
function carriedOver(before: Matrix | null, sources: readonly ReachSource[], targets: readonly ReachTarget[]): Matrix {
  const codes = new Uint8Array(sources.length * targets.length);
  const isOld = new Uint8Array(codes.length);
  if (before === null) return { sources, targets, codes, isOld };
  const rows = new Map(before.sources.map(({ id }, at) => [id, at]));
  const columns = new Map(before.targets.map(({ id }, at) => [id, at]));
  const columnBefore = targets.map(({ id }) => columns.get(id));
  for (const [row, { id }] of sources.entries()) {
    const rowBefore = rows.get(id);
    if (rowBefore === undefined) continue;
    for (const [column, at] of columnBefore.entries()) {
      if (at === undefined) continue;
      const place = row * targets.length + column;
      codes[place] = before.codes[rowBefore * before.targets.length + at] ?? 0;
      isOld[place] = codes[place] === 0 ? 0 : 1;
    }
  }
  return { sources, targets, codes, isOld };
}

export interface ReachStore {
  subscribe(listener: () => void): () => void;
  state(): ReachState;
  /** The Snapshot changed: what is shown is of an older one from now on. */
  expire(): void;
  load(snapshot: Snapshot): void;
  look(rows: readonly number[], columns: readonly number[]): void;
  /** The sentence and the question of one cell; `answer` is not called where another Snapshot comes in between. */
  explain(row: number, column: number, answer: (cell: ReachCell) => void): void;
  close(): void;
}

/** The matrix as the page holds it, filled by a worker that is made with the first Snapshot. */
export function createReachStore(makePort: () => ReachPort): ReachStore {
  let state = nothing;
  let port: ReachPort | null = null;
  let sent: Snapshot | null = null;
  let run = 0;
  let asked: { row: number; column: number; answer: (cell: ReachCell) => void } | null = null;
  const listeners = new Set<() => void>();

  let timer: ReturnType<typeof setTimeout> | null = null;
  const tell = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const listener of listeners) listener();
  };
  const set = (change: Partial<ReachState>) => {
    state = { ...state, ...change };
    tell();
  };

  const fail = (message: string) => {
    port?.terminate();
    port = null;
    sent = null;
    set({ phase: 'fault', fault: message });
  };

  const receive = (reply: ReachReply) => {
    if (reply.run !== run) return;
    switch (reply.kind) {
      case 'axes':
        set({
          matrix: carriedOver(state.matrix, reply.sources, reply.targets),
          done: 0,
          counts: [],
          phase: 'computing',
          fault: null,
        });
        return;
      case 'cells': {
        const { matrix } = state;
        if (matrix === null) return;
        const counts = [...state.counts];
        for (const [at, place] of reply.places.entries()) {
          const code = reply.codes[at] ?? 0;
          matrix.codes[place] = code;
          matrix.isOld[place] = 0;
          counts[code] = (counts[code] ?? 0) + 1;
        }
        const isFirst = state.done === 0;
        state = { ...state, done: state.done + reply.places.length, counts, phase: 'computing' };
        if (isFirst) tell();
        else timer ??= setTimeout(tell, breathMs);
        return;
      }
      case 'rest':
        set({ phase: 'rest' });
        return;
      case 'explained':
        if (asked?.row === reply.row && asked.column === reply.column) asked.answer(reply.cell);
        return;
      case 'fault':
        fail(reply.message);
        return;
      default: {
        reply satisfies never;
      }
    }
  };

  const open = (): ReachPort => {
    const made = makePort();
    made.onmessage = ({ data }) => receive(data);
    made.onerror = ({ message }) => fail(message ?? '');
    return made;
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    expire: () => set({ phase: 'waiting' }),
    load: (snapshot) => {
      run += 1;
      asked = null;
      try {
        port ??= open();
        if (sent === null) port.postMessage({ kind: 'snapshot', run, snapshot });
        else port.postMessage({ kind: 'diff', run, diff: diffSnapshots(sent, snapshot) });
        sent = snapshot;
        set({ phase: 'computing' });
      } catch (error) {
        fail(String(error));
      }
    },
    look: (rows, columns) => port?.postMessage({ kind: 'view', run, rows, columns }),
    explain: (row, column, answer) => {
      asked = { row, column, answer };
      port?.postMessage({ kind: 'explain', run, row, column, language });
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      port?.terminate();
      port = null;
      sent = null;
      run += 1;
    },
  };
}
