import type { Snapshot, Trace } from '@vethscope/model';
import { traceMermaid } from './traceMermaid.ts';
import { traceText } from './traceText.ts';
import { dispositionText, questionText } from './traceWords.ts';
import { withoutControls } from './wrap.ts';

/** Text of a host within Markdown: no markup of its own. */
const escaped = (text: string): string => withoutControls(text).replace(/[\\`*_{}[\]<>|#]/g, '\\$&');

/** A fence longer than any run of backticks inside. */
function fenced(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text.trimEnd(), fence];
}

/** A trace for a ticket: the verdict, what mends it, the drawing, and every step folded away. */
export function traceMarkdown(snapshot: Snapshot, trace: Trace): string {
  const { cause, blockers, disposition, readAt } = trace;
  const engine = snapshot.engine === null ? 'no engine' : `Docker ${snapshot.engine.version}`;
  const further = blockers.slice(1).map(({ sentence, fix }) => `- ${escaped(sentence)}${mend(fix)}`);
  const lines = [
    `### ${escaped(`${dispositionText(disposition)}: ${questionText(trace)}`)}`,
    '',
    `${escaped(cause.sentence)} (\`${cause.code}\`)`,
    ...(cause.fix === null ? [] : ['', '**To mend**', '', ...fenced(withoutControls(cause.fix), 'text')]),
    ...(further.length === 0 ? [] : ['', '**And then**', '', ...further]),
    '',
    ...fenced(traceMermaid(snapshot, trace), 'mermaid'),
    '',
    '<details><summary>Every step</summary>',
    '',
    ...fenced(traceText(snapshot, trace), 'text'),
    '',
    '</details>',
    '',
    `Predicted by vethscope for ${escaped(snapshot.host.hostname)} (${escaped(engine)}) as it was at ${readAt}.`,
  ];
  return `${lines.join('\n')}\n`;
}

const mend = (fix: string | null): string => (fix === null ? '' : ` To mend: ${escaped(fix)}`);
