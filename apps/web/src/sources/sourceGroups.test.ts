import type { SourceReport } from '@vethscope/model';
import { expect, it } from 'vitest';
import { groupSources } from './sourceGroups.ts';

const report = (part: Partial<SourceReport>): SourceReport => ({
  source: 'nft',
  sandbox: null,
  status: 'ok',
  fault: null,
  reason: null,
  fix: null,
  tookMs: 1,
  ...part,
});

it('says the same reason once, with all its places', () => {
  const failed = { status: 'failed', reason: 'crashed', fix: 'upgrade nft' } as const;
  const problem = { state: 'failed', reason: 'crashed', fix: 'upgrade nft' };
  const [group] = groupSources([report({}), report({ ...failed, sandbox: 'a' }), report({ ...failed, sandbox: 'b' })]);
  expect(group).toMatchObject({ state: 'partial', tookMs: 1 });
  expect(group?.problems).toEqual([{ ...problem, places: ['a', 'b'] }]);
});

it('what is absent without a reason is no problem', () => {
  const [group] = groupSources([report({ source: 'swarm', status: 'absent' })]);
  expect(group).toMatchObject({ state: 'absent', problems: [] });
});

it('what a recording does not have is not called absent', () => {
  const [group] = groupSources([report({ status: 'absent', fault: 'notRecorded', reason: 'made without it' })]);
  expect(group).toMatchObject({ state: 'notRecorded', problems: [{ places: [null] }] });
});
