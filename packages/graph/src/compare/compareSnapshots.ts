import type { Snapshot } from '@vethscope/model';
import { compareDocker } from './compareDocker.ts';
import { compareKernel } from './compareKernel.ts';
import { compareRules } from './compareRules.ts';
import { type Comparison, comparedKinds } from './comparison.ts';
import { pairThings, type Thing } from './pairThings.ts';
import { type SideNames, sideNames } from './sideNames.ts';

function sourceThings({ snapshot, sandbox }: SideNames): Thing[] {
  return snapshot.sources.map((report) => ({
    key: `${report.source} ${report.sandbox ?? ''}`,
    title: report.source,
    place: report.sandbox === null ? null : sandbox(report.sandbox),
    note: report.reason ?? '',
    record: null,
    fields: { read: report.status, reason: report.reason },
  }));
}

/**
 * What is different in `after`. Counters, neighbours, learned forwarding entries and process ids are left out: nobody changes them. Time:
 * linear in the records, but for chains that differ, which are compared rule by rule.
 */
export function compareSnapshots(before: Snapshot, after: Snapshot): Comparison {
  const [left, right] = [sideNames(before), sideNames(after)];
  const changes = [
    ...compareDocker(left, right),
    ...compareKernel(left, right),
    ...compareRules(left, right),
    ...pairThings('source', sourceThings(left), sourceThings(right)).filter(({ change }) => change === 'changed'),
  ];
  const rank = new Map(comparedKinds.map((kind, index) => [kind, index]));
  return {
    before: { host: before.host.hostname, readAt: before.readAt },
    after: { host: after.host.hostname, readAt: after.readAt },
    changes: changes.sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0)),
  };
}
