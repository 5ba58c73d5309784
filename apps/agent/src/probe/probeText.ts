import type { ProbeOutcome, ProbePacket, ProbePlace, ProbeResult, ProbeRule, RuleRef } from '@vethscope/model';
import { dispositionText, noPaint, type Paint } from '@vethscope/path';

const outcomeWords: Record<ProbeOutcome, string> = {
  connected: 'connected',
  closed: 'connected, and closed at once by the other side',
  answered: 'answered',
  refused: 'refused',
  unreachable: 'unreachable',
  noAnswer: 'no answer',
  notSent: 'not sent',
};

const endText = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

const packetText = ({ protocol, source, sourcePort, destination, destinationPort }: ProbePacket): string =>
  `${protocol} ${endText(source, sourcePort)} → ${endText(destination, destinationPort)}`;

const ruleText = ({ family, table, chain, rule, verdict }: RuleRef): string =>
  `${family} ${table} ${chain} ${rule === 'policy' ? 'policy' : `${rule}:`} ${verdict}`;

/** Observed beside predicted as a column for a person: the verdict first, then place by place, rule by rule. */
export function probeText(result: ProbeResult, paint: Paint = noPaint): string {
  const { agrees, sent, sentAt, tookMs, counts, cleanedUp, predicted } = result;
  const colour = agrees ? paint.green : paint.red;
  const verdict = agrees ? 'As predicted' : 'Not as predicted';
  const lines = [
    paint.bold(colour(`${verdict}: ${packetText(sent)}`)),
    '',
    `${paint.dim('Outcome   ')}${outcomeText(result)}`,
    `${paint.dim('Predicted ')}${dispositionText(predicted.disposition)}: ${predicted.cause.sentence}`,
    `${paint.dim('Rules     ')}${counts.same} as predicted, ${counts.different} otherwise, ${counts.untold} not observed`,
    `${paint.dim('Sent      ')}${sentAt}, ${tookMs} ms in all; ${cleanedUp ? 'nothing is left of it' : 'its table is still there'}`,
    ...result.places.flatMap((place, at) => ['', ...placeLines(place, { number: at + 1, paint })]),
    ...result.notes.flatMap((note) => ['', note]),
  ];
  return `${lines.join('\n')}\n`;
}

function outcomeText({ outcome: { observed, expected, same, detail } }: ProbeResult): string {
  const said = `${outcomeWords[observed]}${detail === null ? '' : ` (${detail})`}`;
  if (same === null) return `${said}; nothing is predicted of it`;
  return same ? said : `${said}; predicted: ${expected.map((each) => outcomeWords[each]).join(', or ')}`;
}

function placeLines(place: ProbePlace, { number, paint }: { number: number; paint: Paint }): string[] {
  const { leg, direction, name, observed, packet, rules } = place;
  const what = `${direction === 'reply' ? 'answer, ' : ''}${leg === 0 ? '' : 'connection of docker-proxy, '}${name}`;
  const seen = observed === null ? 'not asked' : packet === null ? 'not seen' : packetText(packet);
  return [paint.cyan(`${number}  ${what}: ${seen}`), ...rules.flatMap((rule) => ruleLines(rule, paint))];
}

function ruleLines({ predicted, observed, same, text }: ProbeRule, paint: Paint): string[] {
  const words = text === null ? '' : paint.dim(`  ${text}`);
  const rule = observed ?? predicted;
  if (same === true && rule !== null) return [`   = ${ruleText(rule)}${words}`];
  if (same === null && rule !== null) return [`   ? ${ruleText(rule)}${words}`];
  return [
    ...(predicted === null ? [] : [paint.red(`   - predicted ${ruleText(predicted)}`)]),
    ...(observed === null ? [] : [`${paint.red(`   + observed  ${ruleText(observed)}`)}${words}`]),
  ];
}
