import type { Disposition, Hop, Packet, RuleEvaluation, Snapshot, Step, Trace } from '@vethscope/model';

/** Words that every form of a trace shares: how places, packets, questions and endings are called. */

export type Outcome = 'success' | 'failure' | 'unknown';

export function outcomeOf(disposition: Disposition): Outcome {
  switch (disposition) {
    case 'delivered':
    case 'leftHost':
      return 'success';
    case 'unknown':
      return 'unknown';
    case 'refused':
    case 'dropped':
    case 'rejected':
    case 'noRoute':
    case 'notForwarded':
    case 'neighborUnreachable':
    case 'unresolved':
    case 'loop':
    case 'noReply':
      return 'failure';
    default: {
      const never: never = disposition;
      return never;
    }
  }
}

const dispositionWords: Record<Disposition, string> = {
  delivered: 'Delivered',
  leftHost: 'Leaves the host',
  refused: 'Refused',
  dropped: 'Dropped',
  rejected: 'Rejected',
  noRoute: 'No route',
  notForwarded: 'Not forwarded',
  neighborUnreachable: 'Neighbour unreachable',
  unresolved: 'Not resolved',
  loop: 'Loop',
  noReply: 'No reply',
  unknown: 'Unknown',
};
export const dispositionText = (disposition: Disposition): string => dispositionWords[disposition];

const withPort = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

export const packetText = (packet: Packet): string =>
  `${packet.protocol} ${withPort(packet.source, packet.sourcePort)} → ${withPort(packet.destination, packet.destinationPort)}`;

/** What a translation changed: "source 172.17.0.2:40000 → 198.18.0.28:40000". */
export function translationText({ before, after }: Pick<Step, 'before' | 'after'>): string {
  const sides = [
    ['source', withPort(before.source, before.sourcePort), withPort(after.source, after.sourcePort)],
    [
      'destination',
      withPort(before.destination, before.destinationPort),
      withPort(after.destination, after.destinationPort),
    ],
  ] as const;
  const changed = sides.flatMap(([side, was, is]) => (was === is ? [] : [`${side} ${was} → ${is}`]));
  return changed.length === 0 ? 'nothing changes' : changed.join(', ');
}

export function questionText({ question: { from, to, protocol } }: Trace): string {
  const sender = from.kind === 'container' ? from.name : from.kind === 'address' ? from.address : from.kind;
  const target =
    to.kind === 'address' ? withPort(to.address, to.port) : withPort(to.kind === 'host' ? 'host' : to.name, to.port);
  return `${protocol} from ${sender} to ${target}`;
}

export function placeOf({ records }: Snapshot, hop: Hop): string {
  const sandbox = records.sandbox[hop.sandbox];
  if (sandbox === undefined) return hop.sandbox;
  switch (sandbox.kind) {
    case 'host':
      return 'host';
    case 'container': {
      const names = sandbox.containers.flatMap((id) => records.container[id]?.name ?? []);
      return `container ${names.length === 0 ? sandbox.name : names.join(' + ')}`;
    }
    case 'docker':
      return `Docker’s namespace ${sandbox.name}`;
    default: {
      const never: never = sandbox.kind;
      return never;
    }
  }
}

export interface DecidingRule {
  chain: string;
  rule: RuleEvaluation;
}

/** The rules that matched or may match, those of inner chains in their place. A jump into a chain where nothing matched is left out. */
export function decidingRules({ name, evaluated }: { name: string; evaluated: RuleEvaluation[] }): DecidingRule[] {
  return evaluated.flatMap((rule) => {
    if (rule.matched === 'no') return [];
    const inside = rule.inside === null ? [] : decidingRules(rule.inside);
    return rule.inside !== null && inside.length === 0 ? [] : [{ chain: name, rule }, ...inside];
  });
}

/** How many rules were tried in a chain and in those that it led to; with those that an index passed over. */
export function triedRules({ evaluated, passedOver }: { evaluated: RuleEvaluation[]; passedOver: number }): number {
  return evaluated.reduce((sum, { inside }) => sum + 1 + (inside === null ? 0 : triedRules(inside)), passedOver);
}

/** Whether a step says nothing: a chain that the kernel may not even have. */
export const isSilent = (step: Step): boolean => step.kind === 'chain' && !step.certain;

/** The places of a way, one after the other: "host → container web". */
export const wayText = (snapshot: Snapshot, hops: readonly Hop[]): string =>
  hops.map((hop) => placeOf(snapshot, hop)).join(' → ');
