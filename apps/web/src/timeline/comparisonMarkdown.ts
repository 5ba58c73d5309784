import { type Change, type ComparedKind, type Comparison, comparedKinds } from '@vethscope/graph';
import { moment } from '../text/duration.ts';
import { t } from '../text/text.ts';
import { changeWords } from './changeWords.ts';

/** The changes of each kind that has some, in the order in which they are told. */
export function byKind(changes: readonly Change[]): { kind: ComparedKind; changes: Change[] }[] {
  return comparedKinds
    .map((kind) => ({ kind, changes: changes.filter((change) => change.kind === kind) }))
    .filter((group) => group.changes.length > 0);
}

export function countChanges(changes: readonly Change[]): Record<Change['change'], number> {
  const counts = { came: 0, went: 0, changed: 0 };
  for (const { change } of changes) counts[change] += 1;
  return counts;
}

/** Names in a recording may hold anything: as Markdown they must neither format nor become a link or an element. */
const plain = (text: string) => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&');

/** A comparison for an issue or a chat. */
export function comparisonMarkdown({ before, after, changes }: Comparison): string {
  const side = ({ host, readAt }: Comparison['before']) => `${plain(host)}, ${moment(readAt)}`;
  const { came, went, changed } = countChanges(changes);
  const lines = [
    `## ${t.timeline.compare.heading(side(before), side(after))}`,
    '',
    changes.length === 0 ? t.timeline.compare.same : t.timeline.compare.counts(came, went, changed),
  ];
  for (const group of byKind(changes)) {
    lines.push('', `### ${t.timeline.kinds[group.kind]}`, '');
    for (const change of group.changes) lines.push(`- ${marks[change.change]} ${plain(changeWords(change))}`);
  }
  return `${lines.join('\n')}\n`;
}

const marks: Record<Change['change'], string> = { came: '\\+', went: '−', changed: '~' };
