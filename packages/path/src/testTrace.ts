import { type FixtureName, readFixture, sampleName } from '@vethscope/fixtures';
import type { Snapshot, Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { readQuestion } from './question/readQuestion.ts';
import { tracePath } from './tracePath.ts';

const known = new Map<FixtureName, Snapshot>();

/** For tests: a recorded host. */
export function recorded(name: FixtureName = sampleName): Snapshot {
  const snapshot = known.get(name) ?? snapshotOf(parseRecording(readFixture(name)));
  known.set(name, snapshot);
  return snapshot;
}

/** For tests: the trace of a question as it is typed. */
export function asked(from: string, to: string, proto = 'tcp'): Trace {
  const snapshot = recorded();
  return tracePath(snapshot, readQuestion(snapshot, { from, to, proto }));
}
