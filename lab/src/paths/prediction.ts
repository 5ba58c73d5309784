import { ids, type Leg, type Packet, type Snapshot, type Trace } from '@vethscope/model';
import { type NamedRule, ruleText } from './packetTrace.ts';
import type { Outcome, PathQuestion } from './pathQuestion.ts';

/** What a sender can see of each way in which netfilter rejects: by `--reject-with` of iptables, or the words of nft. */
const rejections: readonly [pattern: RegExp, tcp: Outcome, udp: Outcome][] = [
  // A reset is no answer to a datagram.
  [/tcp[- ]reset/, 'refused', 'timeout'],
  [/(icmp6?-)?port-unreach/, 'refused', 'refused'],
  // UDP takes these for passing troubles and says nothing. Source: kernel icmp.c icmp_err_convert.
  [/net-unreach|no-route/, 'netUnreachable', 'timeout'],
  [/net-prohib/, 'netUnreachable', 'netUnreachable'],
  [/host-unreach|addr-unreach/, 'hostUnreachable', 'timeout'],
  [/host-prohib/, 'hostUnreachable', 'hostUnreachable'],
  [/adm-prohibited/, 'error EACCES', 'error EACCES'],
  [/admin-prohib/, 'hostUnreachable', 'hostUnreachable'],
  [/proto-unreach/, 'error ENOPROTOOPT', 'error ENOPROTOOPT'],
];

/** Whatever a sender may see of a rejection: where it is open which of two rules rejects. */
export const anyRejection: readonly Outcome[] = [...new Set(rejections.flatMap(([, tcp, udp]) => [tcp, udp]))];

/** What senders may see where the Trace is right. More than one only where no Snapshot can tell. */
export function expectedOutcomes(
  trace: Trace,
  { protocol }: PathQuestion,
  snapshot: Snapshot | null = null,
): readonly Outcome[] {
  const seen = outcomesOfLastLeg(trace, protocol, snapshot);
  return trace.legs.length > 1 ? seen.map((outcome) => throughProxy(outcome, protocol)) : seen;
}

/** docker-proxy accepts before it learns what is behind it: it closes again, or waits, and of a datagram it says nothing. */
function throughProxy(outcome: Outcome, protocol: PathQuestion['protocol']): Outcome {
  if (outcome === 'answered' || outcome === 'silent') return outcome;
  if (protocol !== 'tcp') return 'timeout';
  return outcome === 'timeout' ? 'silent' : 'closed';
}

function outcomesOfLastLeg(
  trace: Trace,
  protocol: PathQuestion['protocol'],
  snapshot: Snapshot | null,
): readonly Outcome[] {
  switch (trace.disposition) {
    case 'delivered':
      return ['answered'];
    case 'leftHost':
      // The lab asks outside only where somebody answers; whether he does is not the host's affair.
      return ['answered'];
    case 'refused':
      return ['refused'];
    case 'noRoute':
      return noRouteOutcomes(trace, protocol, snapshot);
    case 'unresolved':
      return ['unresolved'];
    case 'rejected':
      return rejectionOutcome(trace, protocol);
    case 'noReply':
      // Nobody takes connections out of the queue: dockerd's has room for one, that of the paused server for ten, and the lab may have filled it.
      if (protocol === 'tcp' && (trace.cause.code === 'paused' || trace.cause.code === 'held-by-dockerd'))
        return ['silent', 'timeout'];
      return ['timeout'];
    case 'neighborUnreachable':
      // The kernel looks for the neighbour for three seconds, and then tells all who wait. An earlier question may have begun that.
      return protocol === 'tcp' ? ['timeout', 'hostUnreachable'] : ['timeout'];
    case 'dropped':
    case 'notForwarded':
      return ['timeout'];
    case 'loop':
    case 'unknown':
      return [];
  }
}

function rejectionOutcome(trace: Trace, protocol: PathQuestion['protocol']): readonly Outcome[] {
  // ping does not tell errors from silence.
  if (protocol === 'icmp') return ['timeout'];
  const text = lastRuleText(trace.legs.at(-1));
  const six = trace.legs.at(-1)?.packet.family === 6;
  // nft has one name for both families: ICMPv6 calls it otherwise.
  const kind = six ? text.replace(/icmp(x|v6)( type)? admin-prohibited/, 'adm-prohibited') : text;
  const [, tcp, udp] = rejections.find(([pattern]) => pattern.test(kind)) ?? [null, 'refused', 'refused'];
  return [protocol === 'udp' ? udp : tcp];
}

type Refusing = 'none' | 'unreachable' | 'prohibit' | 'blackhole';

/** Errors of a routing decision for a sender in that very namespace. Source: kernel fib_semantics.c fib_props, ip6_route_add ip6_rt_type_to_error. */
const routeErrors: Record<Refusing, Outcome> = {
  none: 'netUnreachable',
  unreachable: 'hostUnreachable',
  prohibit: 'error EACCES',
  blackhole: 'error EINVAL',
};

/** What a router says by ICMP, and what TCP and UDP make of it. Source: kernel route.c ip_error, icmp.c icmp_err_convert; ip6_pkt_drop, icmpv6_err_convert. */
function routerOutcome(how: Refusing, six: boolean, protocol: PathQuestion['protocol']): Outcome {
  // ping does not tell errors from silence; UDP takes all but a prohibition for a passing trouble.
  if (protocol === 'icmp' || how === 'blackhole' || (protocol === 'udp' && how !== 'prohibit')) return 'timeout';
  if (how === 'prohibit') return six ? 'error EACCES' : 'hostUnreachable';
  return how === 'unreachable' && !six ? 'hostUnreachable' : 'netUnreachable';
}

function noRouteOutcomes(
  { legs, cause }: Trace,
  protocol: PathQuestion['protocol'],
  snapshot: Snapshot | null,
): readonly Outcome[] {
  const leg = legs.at(-1);
  const steps = (leg?.hops ?? []).flatMap((hop) => hop.steps);
  const how =
    (['unreachable', 'prohibit', 'blackhole'] as const).find((word) => cause.sentence.includes(`(${word})`)) ?? 'none';
  const six = leg?.packet.family === 6;
  // A router that does not forward, or has a blackhole, says nothing.
  if (steps.some(({ kind }) => kind === 'receive'))
    return [leg?.reply.length === 0 ? 'timeout' : routerOutcome(how, six, protocol)];
  // Where a chain on OUTPUT led it to the route, TCP is told nothing: it goes on sending its SYN.
  if (steps.some(({ kind }) => kind === 'chain')) return [protocol === 'tcp' ? 'timeout' : routeErrors[how]];
  if (!six || how !== 'none') return [routeErrors[how]];
  // IPv6 looks for a source before it looks at the error of the route: a namespace without any address has none.
  const sandbox = leg?.hops[0]?.sandbox;
  const owned = Object.values(snapshot?.records.address ?? {}).some(
    (address) => address.sandbox === sandbox && address.family === 6,
  );
  return snapshot === null ? ['netUnreachable', 'noSource'] : [owned ? 'netUnreachable' : 'noSource'];
}

/** Base chains that may not exist: the Snapshot cannot tell, and they hold nothing that decides. */
export function uncertainChains({ legs }: Trace): ReadonlySet<string> {
  const steps = legs.flatMap(({ hops }) =>
    hops.filter(({ sandbox }) => sandbox === ids.hostSandbox).flatMap((hop) => hop.steps),
  );
  return new Set(
    steps.flatMap((step) =>
      step.kind === 'chain' && !step.certain ? [`${step.family} ${step.table} ${step.chain.name} policy accept`] : [],
    ),
  );
}

function lastRuleText(leg: Leg | undefined): string {
  const chains = (leg?.hops ?? []).flatMap(({ steps }) => steps).filter((step) => step.kind === 'chain');
  let chain = chains.at(-1)?.chain ?? null;
  let text = '';
  while (chain !== null) {
    const last = chain.evaluated.filter(({ verdict }) => verdict !== null).at(-1);
    text = last?.text ?? text;
    chain = last?.inside ?? null;
  }
  return text;
}

/** The rules of the host's namespace that a leg met, as the kernel's trace would name them. */
export function predictedRules(leg: Leg | undefined): string[] {
  return (leg?.matchedRules ?? []).map(({ family, table, chain, rule, verdict }): string => {
    const named: NamedRule = [family, table, chain, rule, verdict];
    return ruleText(named);
  });
}

/** The packet as it leaves the host's namespace, or ends in it; null where it never was there. */
export function packetAfterHost(leg: Leg | undefined): Packet | null {
  const steps = (leg?.hops ?? []).filter(({ sandbox }) => sandbox === ids.hostSandbox).flatMap((hop) => hop.steps);
  return steps.at(-1)?.after ?? null;
}
