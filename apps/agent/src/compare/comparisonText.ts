import { type Change, type ComparedKind, type Comparison, changeSentence } from '@vethscope/graph';

const headings: Record<ComparedKind, string> = {
  engine: 'engine',
  network: 'networks',
  container: 'containers',
  endpoint: 'endpoints',
  port: 'published ports',
  service: 'services',
  link: 'links',
  address: 'addresses',
  route: 'routes',
  policyRule: 'policy routing',
  sysctl: 'kernel switches',
  socket: 'listeners',
  chain: 'chains',
  rule: 'rules',
  set: 'sets',
  source: 'what could be read',
};

const signs: Record<Change['change'], string> = { came: '+', went: '-', changed: '~' };

const byKind = ({ changes }: Comparison): [ComparedKind, Change[]][] => {
  const kinds = new Map<ComparedKind, Change[]>();
  for (const change of changes) kinds.set(change.kind, [...(kinds.get(change.kind) ?? []), change]);
  return [...kinds];
};

const moment = ({ host, readAt }: Comparison['before']) => `${host}, ${readAt}`;

/** For a terminal: what came with +, what went with -, what is another now with ~. */
export function comparisonText(comparison: Comparison): string {
  const lines = [`from  ${moment(comparison.before)}`, `to    ${moment(comparison.after)}`];
  for (const [kind, changes] of byKind(comparison)) {
    lines.push('', headings[kind], ...changes.map((change) => `  ${signs[change.change]} ${changeSentence(change)}`));
  }
  lines.push('', summary(comparison));
  return `${lines.join('\n')}\n`;
}

/** For a ticket. What a host calls its things stands in code marks, so that no name can be read as markup. */
export function comparisonMarkdown(comparison: Comparison): string {
  const lines = [
    `**From** ${code(moment(comparison.before))}`,
    `**to** ${code(moment(comparison.after))}`,
    '',
    summary(comparison),
  ];
  for (const [kind, changes] of byKind(comparison)) {
    lines.push('', `### ${headings[kind]}`, '');
    lines.push(...changes.map((change) => `- ${signs[change.change]} ${code(changeSentence(change))}`));
  }
  return `${lines.join('\n')}\n`;
}

/** A code span around any text (CommonMark 6.1: its fence is longer than any row of backticks inside). */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}

function summary({ changes }: Comparison): string {
  if (changes.length === 0) return 'No difference.';
  const count = (change: Change['change']) => changes.filter((each) => each.change === change).length;
  return `${count('came')} came, ${count('went')} went, ${count('changed')} changed.`;
}
