import { type ChainEvaluation, ids, type QuestionInput, type Snapshot, type Trace } from '@vethscope/model';
import { tracePath } from '@vethscope/path';
import { type Connection, sameSpelling } from './conntrackTable.ts';
import { ruleText } from './packetTrace.ts';
import type { Outcome, PathQuestion } from './pathQuestion.ts';
import { anyRejection, expectedOutcomes, packetAfterHost, predictedRules, uncertainChains } from './prediction.ts';
import { type FuzzPacket, fuzzPacketText, isOpenPort, ownerOf } from './ruleFuzzPackets.ts';
import { fuzzAddresses } from './ruleFuzzPlaces.ts';
import type { FuzzObservation, SentPacket } from './ruleFuzzRun.ts';

/** Where the engine and the kernel differ on one packet, in words. */
export interface FuzzDifference {
  packet: FuzzPacket;
  what: string[];
  kernel: string[];
  predicted: string[];
}

export interface FuzzComparison {
  packets: number;
  /** Rules that the kernel named. */
  rules: number;
  translations: number;
  /** Packets of which the engine says that it cannot be told. */
  unknown: number;
  /** Unknown, or by a rule that is open by design: their rules are not compared. */
  open: number;
  differences: FuzzDifference[];
}

/** Rules of which a snapshot cannot tell by design whether they match: `unknown` may be right where one of these was met. */
const openWords = /\bttl\b|\blimit\b|meta length|reject with tcp reset/;

/** Predicts each packet that was sent, and compares rules in order, verdicts, translation and outcome. */
export function compareRuleSet({ snapshot, sent, traces, connections }: FuzzObservation): FuzzComparison {
  const result: FuzzComparison = {
    packets: sent.length,
    rules: 0,
    translations: 0,
    unknown: 0,
    open: 0,
    differences: [],
  };
  const kernel = new Map(traces.map((trace) => [`${trace.protocol} ${trace.key}`, trace]));
  const tracked = new Map(connections.map((each) => [`${each.protocol} ${each.key}`, each]));
  for (const each of sent) {
    const { packet } = each;
    const key = `${packet.protocol} ${each.key}`;
    const trace = tracePath(snapshot, questionOf(each), { blockers: false });
    const uncertain = uncertainChains(trace);
    const named = (kernel.get(key)?.rules ?? []).map(ruleText).filter((line) => !uncertain.has(line));
    result.rules += named.length;
    const foretold = trace.legs.flatMap((leg) => predictedRules(leg));
    const what: string[] = [];
    const isUnknown = trace.disposition === 'unknown';
    const openOnes = openRules(trace);
    const byRule = isUnknown && trace.cause.rule !== null ? snapshot.records.rule[trace.cause.rule] : undefined;
    const isOpen = isUnknown || openOnes.length > 0;
    if (isUnknown) result.unknown += 1;
    if (isOpen) result.open += 1;
    if (isOpen) {
      const isByDesign =
        openOnes.every((line) => openWords.test(line)) && (!isUnknown || openWords.test(byRule?.text ?? ''));
      if (!isByDesign) what.push('unknown');
    } else if (named.join('\n') !== foretold.join('\n')) what.push('rules');
    const connection = tracked.get(key);
    const outcomes = isOpen && trace.disposition === 'rejected' ? anyRejection : outcomesOf(trace, packet, snapshot);
    const seen = seenOf(each, connection);
    if (outcomes !== null && !outcomes.includes(seen)) what.push('outcome');
    const after = packetAfterHost(trace.legs[0]);
    let words: [kernel: string, predicted: string] | null = null;
    if (connection !== undefined && after !== null && !isOpen) {
      result.translations += 1;
      words = [
        `goes on as ${connection.answerTo} → ${connection.answerFrom} ${connection.answerFromPort ?? ''}`,
        `goes on as ${sameSpelling(after.source)} → ${sameSpelling(after.destination)} ${after.destinationPort ?? ''}`,
      ];
      if (words[0] !== words[1] && after.ctState !== 'untracked') what.push('translation');
    }
    if (what.length === 0) continue;
    result.differences.push({
      packet,
      what,
      kernel: [`outcome ${each.outcome}`, ...named, ...(words === null ? [] : [words[0]])],
      predicted: [
        `${trace.disposition}${outcomes === null ? '' : ` (outcome ${outcomes.join(' or ')})`}: ${trace.cause.sentence}`,
        ...foretold,
        ...openOnes,
        ...(words === null ? [] : [words[1]]),
      ],
    });
  }
  return result;
}

export function differenceText({ packet, what, kernel, predicted }: FuzzDifference): string {
  const block = (title: string, lines: readonly string[]) => [`  ${title}`, ...lines.map((line) => `    ${line}`)];
  return [
    `${fuzzPacketText(packet)}: ${what.join(', ')} differ`,
    ...block('the kernel:', kernel),
    ...block('vethscope:', predicted),
  ].join('\n');
}

function questionOf({ packet, sourcePort }: SentPacket): QuestionInput {
  const { from, protocol, family, address, port } = packet;
  const asked = protocol === 'icmp' ? null : port;
  const [first] = from === 'router' ? [''] : fuzzAddresses[family][from];
  return {
    from: from === 'router' ? { kind: 'host' } : { kind: 'address', address: first },
    to: { kind: 'address', address, port: asked },
    protocol,
    sourcePort: protocol === 'icmp' ? null : sourcePort,
  };
}

/**
 * Data may be dropped or rejected where the first packets were not: whether the connection came up is what was predicted. An ICMP error that comes for
 * the packet behind an answered SYN is told by `connect` (kernel sock.c SO_ERROR, sk_err_soft): conntrack says what came before.
 */
function seenOf({ packet, outcome }: SentPacket, connection: Connection | undefined): Outcome {
  if (outcome === 'closed' || outcome === 'silent') return 'answered';
  if (packet.protocol === 'tcp' && connection?.established === true) return 'answered';
  // A process whose datagram or echo is dropped on its way out is told so.
  const isOwn = packet.from === 'router' && packet.protocol !== 'tcp';
  return isOwn && (outcome === 'error EPERM' || outcome === 'error EINVAL') ? 'timeout' : outcome;
}

/** What the sender may see; null where that is the affair of machines outside. */
function outcomesOf(trace: Trace, packet: FuzzPacket, snapshot: Snapshot): readonly Outcome[] | null {
  const { protocol, family } = packet;
  switch (trace.disposition) {
    case 'leftHost': {
      const after = packetAfterHost(trace.legs[0]);
      if (after === null) return null;
      const receiver = ownerOf(after.destination, family);
      // To the sender itself, or to somebody who would answer another than the one whom he was asked by.
      if (receiver === null || receiver === packet.from || receiver === 'router') return null;
      const source = ownerOf(after.source, family);
      if (source === null || source === receiver) return null;
      return isOpenPort(protocol, after.destinationPort) ? ['answered'] : null;
    }
    case 'rejected': {
      // Of a datagram that is rejected on its way out the process is told that it was dropped, or what the rejection says, whichever comes first.
      const isOwn = packet.from === 'router' && protocol === 'udp';
      return [...expectedOutcomes(trace, questionFor(packet)), ...(isOwn ? (['timeout'] as const) : [])];
    }
    case 'refused':
      return expectedOutcomes(trace, questionFor(packet));
    case 'noRoute':
      return expectedOutcomes(trace, questionFor(packet), snapshot);
    case 'noReply': {
      // A closed port outside answers otherwise than an open one, and so may come through.
      const after = packetAfterHost(trace.legs[0]);
      const isOutside = after !== null && ownerOf(after.destination, family) !== 'router';
      if (isOutside && !isOpenPort(protocol, after.destinationPort)) return null;
      return expectedOutcomes(trace, questionFor(packet));
    }
    case 'dropped':
    case 'delivered':
    case 'notForwarded':
    case 'neighborUnreachable':
      return expectedOutcomes(trace, questionFor(packet));
    case 'unresolved':
    case 'loop':
    case 'unknown':
      return null;
    default: {
      const never: never = trace.disposition;
      return never;
    }
  }
}

/** Only the protocol is looked at. */
const questionFor = ({ protocol, address, port }: FuzzPacket): PathQuestion => ({
  from: 'host',
  protocol,
  to: { address },
  port,
});

/** The rules of which the engine could not tell whether they match, there and back. */
function openRules({ legs }: Trace): string[] {
  const steps = legs.flatMap(({ hops, reply }) =>
    [...hops, ...reply].filter(({ sandbox }) => sandbox === ids.hostSandbox).flatMap((hop) => hop.steps),
  );
  const open = (chain: ChainEvaluation): string[] =>
    chain.evaluated.flatMap(({ matched, inside, text, failed }) => [
      ...(matched === 'depends' ? [`open: ${text}${failed === null ? '' : ` (${failed})`}`] : []),
      ...(inside === null ? [] : open(inside)),
    ]);
  return steps.flatMap((step) => {
    if (step.kind === 'unmodelled') return [`open: ${step.why}`];
    return step.kind === 'chain' ? open(step.chain) : [];
  });
}
