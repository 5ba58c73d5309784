import type { Leg, Snapshot, Trace } from '@vethscope/model';
import { tracePath } from '@vethscope/path';
import { type Connection, sameSpelling } from './conntrackTable.ts';
import { groupedBy } from './groupedBy.ts';
import { type PacketTrace, ruleText } from './packetTrace.ts';
import { type PathQuestion, questionInput, questionText } from './pathQuestion.ts';
import { expectedOutcomes, packetAfterHost, predictedRules, uncertainChains } from './prediction.ts';
import type { SeenAnswer } from './sendQuestions.ts';

/** What really happened on a host. `traces` null: its kernel could not be asked, and only outcomes and translations are compared. */
export interface Observation {
  answers: readonly SeenAnswer[];
  traces: readonly PacketTrace[] | null;
  connections: readonly Connection[];
}

/** Where the engine and the kernel differ. `seen` and `predicted` in words, line by line. */
export interface PathDisagreement {
  answer: SeenAnswer;
  what: ('outcome' | 'rules' | 'translation')[];
  seen: string[];
  predicted: string[];
}

export interface PathComparison {
  packets: number;
  /** Rules that the kernel named, over all packets. */
  rules: number;
  /** Connections whose translation was held against conntrack. */
  translations: number;
  disagreements: PathDisagreement[];
}

/** Predicts every packet that was sent, and compares. */
export function comparePaths(snapshot: Snapshot, observation: Observation): PathComparison {
  const seen = new Kernel(observation);
  const result: PathComparison = { packets: observation.answers.length, rules: 0, translations: 0, disagreements: [] };
  for (const answer of observation.answers) {
    const trace = tracePath(snapshot, questionInput(answer.question, answer.sourcePort), { blockers: false });
    const outcomes = expectedOutcomes(trace, answer.question, snapshot);
    const expected = [`outcome ${outcomes.join(' or ') || trace.disposition}`, ...wordsOfLegs(trace, seen.hasTraces)];
    const uncertain = uncertainChains(trace);
    const legs = withoutEmptyLegs(seen.legsOf(answer, trace).filter((line) => !uncertain.has(line)));
    const observed = [`outcome ${answer.outcome}`, ...legs];
    const what: PathDisagreement['what'] = [];
    if (!outcomes.includes(answer.outcome)) what.push('outcome');
    if (legs.join('\n') !== wordsOfLegs(trace, seen.hasTraces).join('\n')) what.push('rules');
    const translation = seen.translationOf(answer);
    const predicted = predictedTranslation(trace.legs[0], answer.question);
    if (translation !== null && predicted !== null) {
      result.translations += 1;
      if (translation !== predicted) {
        what.push('translation');
        expected.push(predicted);
        observed.push(translation);
      }
    }
    result.rules += legs.filter((line) => !line.startsWith('leg')).length;
    if (what.length === 0) continue;
    expected.push(`because: ${trace.cause.sentence}`);
    result.disagreements.push({ answer, what, seen: observed, predicted: expected });
  }
  return result;
}

function wordsOfLegs({ legs }: Trace, traced: boolean): string[] {
  if (!traced) return [];
  return withoutEmptyLegs(legs.flatMap((leg, at) => [...(at === 0 ? [] : [`leg ${at + 1}`]), ...predictedRules(leg)]));
}

/** A leg of which no rule is named does not stand among the words: it may not have been sent at all. */
function withoutEmptyLegs(lines: readonly string[]): string[] {
  const isLeg = (line: string) => line.startsWith('leg ');
  return lines.filter((line, at) => !isLeg(line) || !isLeg(lines[at + 1] ?? 'leg '));
}

function predictedTranslation(leg: Leg | undefined, { protocol }: PathQuestion): string | null {
  const packet = packetAfterHost(leg);
  if (packet === null) return null;
  return translationText(packet.source, {
    address: packet.destination,
    port: protocol === 'icmp' ? null : packet.destinationPort,
  });
}

const translationText = (source: string, to: { address: string; port: number | null }): string =>
  `goes on as ${sameSpelling(source)} → ${sameSpelling(to.address)}${to.port === null ? '' : ` port ${to.port}`}`;

/** The kernel's words, found by the packet that they are about. */
class Kernel {
  readonly hasTraces: boolean;
  readonly #byKey: Map<string, PacketTrace>;
  /** Connections of docker-proxy's: of one destination they are all alike, so each prediction takes the next. */
  readonly #secondLegs: Map<string, PacketTrace[]>;
  readonly #connections: Map<string, Connection>;

  constructor({ traces, connections }: Observation) {
    this.hasTraces = traces !== null;
    const asked = (traces ?? []).filter(({ key, protocol }) => protocol === 'icmp' || isSourcePort(key));
    this.#byKey = new Map(
      asked.map((trace) => [`${trace.protocol} ${trace.key} ${sameSpelling(trace.destination)}`, trace]),
    );
    const others = (traces ?? []).filter((trace) => trace.sentHere && !asked.includes(trace));
    this.#secondLegs = groupedBy(others, ({ protocol, destination, destinationPort }) =>
      secondLegKey(protocol, { address: destination, port: destinationPort }),
    );
    this.#connections = new Map(connections.map((each) => [`${each.protocol} ${each.key}`, each]));
  }

  legsOf(answer: SeenAnswer, trace: Trace): string[] {
    if (!this.hasTraces || answer.address === null) return [];
    const { protocol } = answer.question;
    const first = this.#byKey.get(`${protocol} ${answer.key} ${sameSpelling(answer.address)}`);
    const words = (first?.rules ?? []).map(ruleText);
    trace.legs.slice(1).forEach(({ packet }, at) => {
      const key = secondLegKey(protocol, { address: packet.destination, port: packet.destinationPort });
      const next = this.#secondLegs.get(key)?.shift();
      if (next !== undefined) words.push(`leg ${at + 2}`, ...next.rules.map(ruleText));
    });
    return words;
  }

  /** Null where conntrack holds nothing of it: it was dropped, or never came to the host. */
  translationOf({ question, key }: SeenAnswer): string | null {
    const found = this.#connections.get(`${question.protocol} ${key}`);
    if (found === undefined) return null;
    return translationText(found.answerTo, { address: found.answerFrom, port: found.answerFromPort });
  }
}

const secondLegKey = (protocol: string, { address, port }: { address: string; port: number | null }): string =>
  `${protocol} ${sameSpelling(address)} ${port}`;

/** Source ports of questions lie below those from which the kernel takes its own (ip_local_port_range), so docker-proxy has none of them. */
export const firstSourcePort = 20_000;
const isSourcePort = (port: number): boolean => port >= firstSourcePort && port < 32_768;

/** A disagreement in full, for a person. */
export function disagreementText({ answer, what, seen, predicted }: PathDisagreement): string {
  const block = (title: string, lines: readonly string[]) => [`  ${title}`, ...lines.map((line) => `    ${line}`)];
  return [
    `${questionText(answer.question)} (source port ${answer.sourcePort}): ${what.join(', ')} differ`,
    ...block('the kernel:', seen),
    ...block('vethscope:', predicted),
  ].join('\n');
}
