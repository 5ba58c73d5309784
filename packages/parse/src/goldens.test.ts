import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { Snapshot } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { goldenSummary } from './goldenSummary.ts';
import { parseRecording } from './parseRecording.ts';
import { snapshotOf } from './snapshotOf.ts';

/* UPDATE_GOLDENS=1 rewrites them; read the difference before it is committed. */
describe.each(fixtureNames)('the snapshot of %s', (name) => {
  const snapshot = snapshotOf(parseRecording(readFixture(name)));

  it('is of the schema', () => {
    expect(Snapshot.safeParse(snapshot).error?.issues ?? []).toEqual([]);
  });

  it('is as it was checked by hand', () => {
    const path = fileURLToPath(new URL(`../../fixtures/goldens/${name}.snapshot.txt`, import.meta.url));
    const summary = goldenSummary(snapshot);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, summary);
    expect(summary).toBe(readFileSync(path, 'utf8'));
  });
});
