import '../api/jitless.ts';
import { applyDiff, type Snapshot } from '@vethscope/model';
import { sentencesIn } from '../text/sentencesIn.ts';
import { ReachJob } from './reachJob.ts';
import type { ReachReply, ReachRequest } from './reachMessages.ts';

/* The matrix, computed beside the page. Between two slices of work the messages of the page are read: a new Snapshot ends what was begun. */

/** Short enough that a new view or Snapshot is answered at once, long enough that messages cost nothing. */
const sliceMs = 40;

let snapshot: Snapshot | null = null;
let job: { run: number; job: ReachJob } | null = null;
let isScheduled = false;

const post = (reply: ReachReply, transfer: Transferable[] = []) => self.postMessage(reply, { transfer });

function schedule(): void {
  if (isScheduled || job === null) return;
  isScheduled = true;
  setTimeout(work, 0);
}

function work(): void {
  isScheduled = false;
  if (job === null) return;
  const { run } = job;
  const until = performance.now() + sliceMs;
  const cells = job.job.step(() => performance.now() >= until);
  if (cells === null) {
    post({ kind: 'rest', run });
    return;
  }
  post({ kind: 'cells', run, ...cells }, [cells.places.buffer, cells.codes.buffer]);
  schedule();
}

function begin(run: number, next: Snapshot | null): void {
  snapshot = next;
  if (snapshot === null) throw new Error('A change came before the first snapshot.');
  job = { run, job: new ReachJob(snapshot) };
  post({ kind: 'axes', run, sources: job.job.sources, targets: job.job.targets });
  schedule();
}

async function explain(of: ReachJob, request: Extract<ReachRequest, { kind: 'explain' }>): Promise<void> {
  const { run, row, column, language } = request;
  try {
    const cell = of.explain(row, column, await sentencesIn(language));
    if (cell !== null) post({ kind: 'explained', run, row, column, cell });
  } catch (error) {
    post({ kind: 'fault', run, message: String(error) });
  }
}

function handle(request: ReachRequest): void {
  switch (request.kind) {
    case 'snapshot':
      begin(request.run, request.snapshot);
      return;
    case 'diff':
      begin(request.run, snapshot && applyDiff(snapshot, request.diff));
      return;
    case 'view':
      if (job?.run !== request.run) return;
      job.job.look(request.rows, request.columns);
      schedule();
      return;
    case 'explain': {
      if (job?.run === request.run) void explain(job.job, request);
      return;
    }
    default: {
      request satisfies never;
    }
  }
}

self.onmessage = ({ data: request }: MessageEvent<ReachRequest>) => {
  try {
    handle(request);
  } catch (error) {
    job = null;
    post({ kind: 'fault', run: request.run, message: String(error) });
  }
};
