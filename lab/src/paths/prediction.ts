import { ids, type Leg, type Packet, type Trace } from '@vethscope/model';
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

/** What senders may see where the Trace is right. More than one where the snapshot says nothing of what is beyond the host. */
export function expectedOutcomes(trace: Trace, { protocol }: PathQuestion): readonly Outcome[] {
  const { disposition, legs } = trace;
  const proxied = legs.length > 1;
  switch (disposition) {
    case 'delivered':
      return ['answered'];
    case 'leftHost':
      // The lab asks outside only where somebody answers; whether he does is not the host's affair.
      return ['answered'];
    case 'refused':
      // docker-proxy accepts before it learns that nobody listens behind it: it closes again, and loses a datagram.
      if (proxied) return [protocol === 'tcp' ? 'closed' : 'timeout'];
      return ['refused'];
    case 'noRoute':
      return noRouteOutcomes(trace, protocol);
    case 'unresolved':
      return ['unresolved'];
    case 'rejected':
      return rejectionOutcome(trace, protocol);
    case 'noReply':
      if (trace.cause.code === 'paused' && protocol === 'tcp') return ['silent'];
      return [proxied && protocol === 'tcp' ? 'silent' : 'timeout'];
    case 'dropped':
    case 'notForwarded':
    case 'neighborUnreachable':
      return [proxied && protocol === 'tcp' ? 'silent' : 'timeout'];
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
  // icmpx has one name for both families: ICMPv6 calls it otherwise.
  const kind = six ? text.replace('icmpx admin-prohibited', 'adm-prohibited') : text;
  const [, tcp, udp] = rejections.find(([pattern]) => pattern.test(kind)) ?? [null, 'refused', 'refused'];
  if (protocol === 'udp') return [udp];
  // Seen on kernel 6.18: a TCP connect over IPv6 may wait on after an ICMPv6 error, though UDP is told of it. A reset it takes.
  return six && !kind.includes('reset') ? [tcp, 'timeout'] : [tcp];
}

/** A route that refuses tells a sender on the host by an error, one behind it by ICMP; a blackhole tells nobody behind the host. */
function noRouteOutcomes({ legs, cause }: Trace, protocol: PathQuestion['protocol']): readonly Outcome[] {
  const steps = (legs.at(-1)?.hops ?? []).flatMap((hop) => hop.steps);
  const forwarded = steps.some(({ kind }) => kind === 'receive');
  if (forwarded && (cause.sentence.includes('blackhole') || protocol !== 'tcp')) return ['timeout', 'hostUnreachable'];
  if (cause.sentence.includes('prohibit')) return forwarded ? ['hostUnreachable'] : ['error EACCES'];
  // TCP waits on where a changed mark leads its SYN to a route that refuses: no error comes back from behind OUTPUT.
  if (!forwarded && protocol === 'tcp' && steps.some(({ kind }) => kind === 'chain'))
    return ['timeout', 'hostUnreachable'];
  return ['netUnreachable', 'hostUnreachable', 'noSource'];
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
