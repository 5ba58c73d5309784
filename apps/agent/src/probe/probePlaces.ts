import { type Hop, ids, type ProbePlace, type Snapshot, type Step, type Trace } from '@vethscope/model';
import { matchedRulesOf } from '@vethscope/path';
import { type AlignedRule, alignRules, type PredictedRule } from './alignRules.ts';
import { type ObservedPass, probePacketOf } from './observedPasses.ts';
import { recordOfRule } from './ruleRecords.ts';

/** A namespace whose kernel was asked, with the packets that it told of. */
export interface TracedNamespace {
  sandbox: string;
  passes: readonly ObservedPass[];
}

type Direction = ProbePlace['direction'];

interface Part {
  leg: number;
  direction: Direction;
  hops: readonly Hop[];
  /** False where the prediction has no packet there, or none that came. */
  isTried: boolean;
}

/** Every namespace that a packet passed or was predicted to: the requests of all legs, then the answers. */
export function placesOf(
  snapshot: Snapshot,
  { trace, traced }: { trace: Trace; traced: readonly TracedNamespace[] },
): ProbePlace[] {
  const isSeen = (leg: number, direction: Direction) =>
    traced.some(({ passes }) => passes.some((pass) => pass.leg === leg && pass.direction === direction));
  const requests = trace.legs.map(({ hops }, leg): Part => ({ leg, direction: 'request', hops, isTried: true }));
  // What answers where no answer is predicted, as the reset of a rejection, was made by a rule: the engine does not follow it.
  const replies = trace.legs.flatMap(({ reply }, leg): Part[] =>
    reply.length === 0 ? [] : [{ leg, direction: 'reply', hops: reply, isTried: isSeen(leg, 'reply') }],
  );
  return [...requests, ...replies].flatMap((part) => placesOfPart(snapshot, part, traced));
}

function placesOfPart(snapshot: Snapshot, part: Part, traced: readonly TracedNamespace[]): ProbePlace[] {
  const { leg, direction, hops } = part;
  const isOfPart = (pass: ObservedPass) => pass.leg === leg && pass.direction === direction;
  const seen = traced.filter(({ passes }) => passes.some(isOfPart)).map(({ sandbox }) => sandbox);
  const sandboxes = [...new Set([...hops.map(({ sandbox }) => sandbox), ...seen])];
  return sandboxes.map((sandbox): ProbePlace => {
    const asked = traced.find((each) => each.sandbox === sandbox);
    const pass = asked?.passes.find(isOfPart);
    const predicted = predictedRules(snapshot, hops, sandbox);
    const canTell = asked !== undefined && part.isTried;
    const lines = canTell ? alignRules(predicted, pass?.rules ?? []) : untold(predicted);
    return {
      leg,
      direction,
      sandbox,
      name: placeName(snapshot, sandbox),
      predicted: hops.some((hop) => hop.sandbox === sandbox),
      observed: asked === undefined ? null : pass !== undefined,
      packet: pass === undefined ? null : probePacketOf(pass.header, (ifindex) => linkName(snapshot, sandbox, ifindex)),
      rules: lines.flatMap((line) => {
        const rule = line.observed ?? line.predicted;
        return rule === null ? [] : [{ ...line, ...recordOfRule(snapshot, sandbox, rule) }];
      }),
    };
  });
}

const untold = (predicted: readonly PredictedRule[]): AlignedRule[] =>
  predicted.filter(({ certain }) => certain).map(({ ref }) => ({ predicted: ref, observed: null, same: null }));

/** Step by step, because of each chain it is to be known whether the kernel's trace names its rules. */
function predictedRules(snapshot: Snapshot, hops: readonly Hop[], sandbox: string): PredictedRule[] {
  return hops
    .filter((hop) => hop.sandbox === sandbox)
    .flatMap(({ steps }) => steps)
    .flatMap((step): PredictedRule[] => {
      if (step.kind !== 'chain') return [];
      const told = !isLegacy(snapshot, step);
      const rules = matchedRulesOf([{ sandbox, steps: [step] }], sandbox).map((ref) => ({ ref, told, certain: true }));
      if (step.certain || !step.byPolicy) return rules;
      const { family, table, chain, verdict } = step;
      return [...rules, { ref: { family, table, chain: chain.name, rule: 'policy', verdict }, told, certain: false }];
    });
}

function isLegacy({ records }: Snapshot, { chain }: Extract<Step, { kind: 'chain' }>): boolean {
  const table = records.chain[chain.chain]?.table;
  return table !== undefined && records.table[table]?.backend === 'iptables-legacy';
}

function placeName({ records }: Snapshot, sandbox: string): string {
  if (sandbox === ids.hostSandbox) return 'host';
  return records.sandbox[sandbox]?.name ?? sandbox;
}

const linkName = ({ records }: Snapshot, sandbox: string, ifindex: number): string =>
  records.link[ids.link(sandbox, ifindex)]?.name ?? `if${ifindex}`;
