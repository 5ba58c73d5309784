import type { Hop, Snapshot, Step, Trace } from '@vethscope/model';
import { noPaint, type Paint } from './paint.ts';
import {
  decidingRules,
  dispositionText,
  isSilent,
  outcomeOf,
  packetText,
  placeOf,
  questionText,
  translationText,
  triedRules,
  wayText,
} from './traceWords.ts';
import { wrap } from './wrap.ts';

/** Where the words of a step begin, after its kind. */
const stepIndent = 14;

/** A trace as a column for a person: the verdict first, why, what mends it, then hop by hop what was decided. At most 100 columns wide. */
export function traceText(snapshot: Snapshot, trace: Trace, paint: Paint = noPaint): string {
  const { cause, disposition, legs } = trace;
  const colour = { success: paint.green, failure: paint.red, unknown: paint.yellow }[outcomeOf(disposition)];
  const lines = [
    ...wrap(`${dispositionText(disposition)}: ${questionText(trace)}`, { indent: 0 }).map((line) =>
      paint.bold(colour(line)),
    ),
    ...wrap(cause.sentence, { indent: 0 }),
    '',
    ...labelled('Cause', cause.code, paint),
    ...mends(trace, paint),
    ...furtherBlockers(trace, paint),
    ...labelled('Read', trace.readAt, paint),
  ];
  let number = 0;
  for (const [at, leg] of legs.entries()) {
    lines.push('');
    const title = legs.length === 1 ? packetText(leg.packet) : `Connection ${at + 1}: ${packetText(leg.packet)}`;
    lines.push(...wrap(title, { indent: 0 }).map(paint.bold));
    for (const hop of leg.hops) lines.push(...hopLines(snapshot, hop, { number: ++number, paint }));
    if (leg.reply.length === 0) continue;
    lines.push('', ...labelled('Reply', replyText(snapshot, leg.reply), paint));
    // Where the answer is what fails, it is what a person looks for.
    if (leg.disposition !== 'noReply' && leg.disposition !== 'unknown') continue;
    for (const hop of leg.reply) lines.push(...hopLines(snapshot, hop, { number: ++number, paint }));
  }
  return `${lines.join('\n')}\n`;
}

function mends({ cause }: Trace, paint: Paint): string[] {
  return cause.fix === null ? [] : labelled('To mend', cause.fix, paint);
}

function furtherBlockers({ blockers }: Trace, paint: Paint): string[] {
  return blockers
    .slice(1)
    .flatMap(({ sentence, fix }) => [
      ...labelled('And then', sentence, paint),
      ...(fix === null ? [] : labelled('  mend', fix, paint)),
    ]);
}

function labelled(label: string, text: string, paint: Paint): string[] {
  const [first = '', ...rest] = wrap(text, { indent: 10 });
  return [`${paint.dim(label.padEnd(10))}${first.slice(10)}`, ...rest];
}

function hopLines(snapshot: Snapshot, hop: Hop, { number, paint }: { number: number; paint: Paint }): string[] {
  const title = wrap(`${number}  ${placeOf(snapshot, hop)}`, { indent: 0 }).map(paint.cyan);
  return ['', ...title, ...hop.steps.filter((step) => !isSilent(step)).flatMap((step) => stepLines(step, paint))];
}

function stepLines(step: Step, paint: Paint): string[] {
  const said = wrap(stepSentence(step), { indent: stepIndent });
  const [first = '', ...rest] = said;
  const head = `   ${paint.dim(labelOf(step.kind).padEnd(stepIndent - 3))}${first.slice(stepIndent)}`;
  return [head, ...rest, ...(step.kind === 'chain' ? ruleLines(step, paint) : [])];
}

function ruleLines(step: Step & { kind: 'chain' }, paint: Paint): string[] {
  return decidingRules(step.chain).flatMap(({ chain, rule }) => {
    const { position, text, matched, verdict, inside } = rule;
    const open = matched === 'depends' ? ' (depends on more than the snapshot)' : '';
    const lines = wrap(`${chain} ${position}: ${text}${open}`, { indent: stepIndent + 2, hang: 4 });
    // What only leads on is less than what decides.
    if (inside !== null) return lines.map(paint.dim);
    return verdict === 'drop' || verdict === 'reject' ? lines.map(paint.red) : lines;
  });
}

const labels: Record<Step['kind'], string> = {
  originate: 'sends',
  receive: 'receives',
  transmit: 'transmits',
  deliver: 'delivers',
  resolve: 'resolves',
  route: 'routes',
  neighbor: 'neighbour',
  bridge: 'bridge',
  conntrack: 'conntrack',
  chain: 'rules',
  translate: 'translates',
  proxy: 'proxy',
  unmodelled: 'unknown',
};
const labelOf = (kind: Step['kind']): string => labels[kind];

function stepSentence(step: Step): string {
  switch (step.kind) {
    case 'chain': {
      const { family, table, chain, hook, verdict, byPolicy } = step;
      const tried = triedRules(chain);
      const how = byPolicy
        ? `${verdict} by policy, ${tried === 0 ? 'no rules' : `${tried} ${tried === 1 ? 'rule' : 'rules'}, none decides`}`
        : verdict;
      return `${hook}: ${family} ${table} ${chain.name}: ${how}`;
    }
    case 'translate':
      return translationText(step);
    case 'originate':
    case 'receive':
    case 'transmit':
    case 'deliver':
    case 'resolve':
    case 'route':
    case 'neighbor':
    case 'bridge':
    case 'conntrack':
    case 'proxy':
    case 'unmodelled':
      return step.sentence;
    default: {
      const never: never = step;
      return never;
    }
  }
}

/** The way back in one sentence: through which places, what was translated, and how it ended. */
function replyText(snapshot: Snapshot, reply: readonly Hop[]): string {
  const steps = reply.flatMap((hop) => hop.steps);
  const translated = steps.flatMap((step) => (step.kind === 'translate' ? [translationText(step)] : []));
  const last = steps.at(-1)?.sentence ?? '';
  const back = translated.length === 0 ? '' : `; translated back: ${translated.join('; ')}`;
  return `${wayText(snapshot, reply)}${back}. ${last}`.trimEnd();
}
