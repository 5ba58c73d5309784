import { kernelPaths, readFixture } from '@vethscope/fixtures';
import type { Leg, QuestionInput, Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { matchedRulesOf, tracePath } from './index.ts';

/*
 * The judge: packets that were really sent on three recorded hosts, with what became of them and the rules that the kernel's own trace named.
 * Where the engine differs, the kernel is right.
 */

type RuleWords = readonly [family: string, table: string, chain: string, position: number | 'policy', verdict: string];

interface Case {
  from: string;
  src: string | null;
  proto: 'tcp' | 'udp' | 'icmp';
  dst: string;
  port: number;
  outcome: 'answered' | 'closed' | 'refused' | 'timeout' | 'netUnreachable';
  legs: { packet: { src: string; dst: string; sport: string | null; dport: string | null }; rules: RuleWords[] }[];
}

/** The neighbour on eth0 is asked under the address that it used, which for IPv6 is another one. */
function questionOf({ from, src, proto, dst, port, legs }: Case): QuestionInput {
  const outside = src ?? legs[0]?.packet.src ?? '198.18.0.254';
  const sourcePort = legs[0]?.packet.sport ?? null;
  return {
    from:
      from === 'host'
        ? { kind: 'host' }
        : from.startsWith('container:')
          ? { kind: 'container', name: from.slice('container:'.length) }
          : { kind: 'address', address: outside },
    to: { kind: 'address', address: dst, port: proto === 'icmp' ? null : port },
    protocol: proto,
    sourcePort: sourcePort === null ? null : Number(sourcePort),
  };
}

/** What the sender would have seen. A container that "answers" answers as far as its kernel does: the port says whether a server is there. */
function outcomeOf({ disposition, legs }: Trace): string {
  switch (disposition) {
    case 'delivered':
    case 'leftHost':
      return 'answered';
    case 'refused':
      // docker-proxy has accepted the connection before it learns that nobody listens behind it, and closes it again.
      return legs.length > 1 ? 'closed' : 'refused';
    case 'noRoute':
      return 'netUnreachable';
    case 'dropped':
    case 'noReply':
    case 'neighborUnreachable':
      return 'timeout';
    default:
      return disposition;
  }
}

const words = (rules: readonly (readonly (string | number)[])[]): string =>
  rules
    .map(([family, table, chain, position, verdict]) => `${family} ${table} ${chain} ${position} ${verdict}`)
    .join('\n');

const wordsOfLeg = (leg: Pick<Leg, 'matchedRules'>): string =>
  words(leg.matchedRules.map(({ family, table, chain, rule, verdict }) => [family, table, chain, rule, verdict]));

/** The trace of the kernel begins at each SYN, and at each datagram: of a UDP connection it also names the rules of the answer. */
function legsOf(trace: Trace, given: Case): string[] {
  return trace.legs.flatMap((leg) => {
    const there = wordsOfLeg(leg);
    const isAnswered = given.legs.some(
      ({ packet }) => packet.src === given.dst && packet.dport === given.legs[0]?.packet.sport,
    );
    const back = given.proto === 'udp' && isAnswered ? wordsOfLeg({ matchedRules: matchedRulesOf(leg.reply) }) : '';
    return [there, back].filter((text) => text !== '');
  });
}

const files = kernelPaths();

describe('the kernel decides', () => {
  it('has packets of three hosts', () => expect(files.map(({ name }) => name)).toHaveLength(3));

  for (const { name, read } of files) {
    it(`${name}: every outcome and every rule agrees`, () => {
      const cases = read() as Case[];
      expect(cases).toHaveLength(306);
      const snapshot = snapshotOf(parseRecording(readFixture(name)));
      const differing = cases.flatMap((given, at) => {
        const trace = tracePath(snapshot, questionOf(given), { blockers: false });
        const got = { outcome: outcomeOf(trace), legs: legsOf(trace, given) };
        const wanted = { outcome: given.outcome, legs: given.legs.map(({ rules }) => words(rules)) };
        if (JSON.stringify(got) === JSON.stringify(wanted)) return [];
        return [
          {
            at,
            from: given.from,
            to: `${given.proto} ${given.dst}:${given.port}`,
            wanted,
            got,
            cause: trace.cause.sentence,
          },
        ];
      });
      console.info(`${name}: ${cases.length - differing.length} of ${cases.length} packets agree with the kernel`);
      expect(differing).toEqual([]);
    });
  }
});
