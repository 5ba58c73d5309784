import type { Leg, ProbeOutcome, Protocol, Trace } from '@vethscope/model';

/**
 * The outcomes that agree with a prediction. More than one where the Snapshot says nothing of what decides: whether a UDP server answers what it
 * does not understand, whether a TCP server closes at once. Empty where nothing is predicted, or all of it is decided beyond this host.
 */
export function expectedOutcomes({ disposition, legs, cause }: Trace): ProbeOutcome[] {
  const protocol = legs[0]?.packet.protocol ?? 'tcp';
  const proxied = legs.length > 1;
  const accepted = proxied && protocol === 'tcp';
  switch (disposition) {
    case 'delivered':
      return deliveredOutcomes(protocol, proxied);
    case 'leftHost':
    case 'loop':
    case 'unknown':
      return [];
    case 'refused':
      // docker-proxy accepts before it learns that nobody listens behind it: it closes again, and loses a datagram.
      if (proxied) return protocol === 'tcp' ? ['closed'] : ['noAnswer', 'refused'];
      return ['refused'];
    case 'rejected':
      return accepted ? ['closed'] : rejectedOutcomes(protocol, legs.at(-1));
    case 'noRoute':
      return noRouteOutcomes(legs.at(-1), accepted);
    case 'dropped':
      if (accepted) return ['connected'];
      // What is dropped in OUTPUT of the sender is an error of send(2); TCP does not look at it.
      return protocol === 'tcp' ? ['noAnswer'] : ['noAnswer', 'notSent'];
    case 'noReply':
      if (accepted || (cause.code === 'paused' && protocol === 'tcp')) return ['connected'];
      return ['noAnswer'];
    case 'notForwarded':
      return [accepted ? 'connected' : 'noAnswer'];
    case 'neighborUnreachable':
      return accepted ? ['connected', 'closed'] : ['noAnswer', 'unreachable'];
    case 'unresolved':
      return ['notSent'];
  }
}

function deliveredOutcomes(protocol: Protocol, proxied: boolean): ProbeOutcome[] {
  switch (protocol) {
    case 'tcp':
    case 'sctp':
      return proxied ? ['connected'] : ['connected', 'closed'];
    case 'udp':
      return ['answered', 'noAnswer'];
    case 'icmp':
      return ['answered'];
  }
}

function rejectedOutcomes(protocol: Protocol, leg: Leg | undefined): ProbeOutcome[] {
  const text = lastRuleText(leg);
  if (/tcp[- ]reset/.test(text)) return [protocol === 'tcp' ? 'refused' : 'noAnswer'];
  // A rejection that names no kind is "port unreachable". ping is told of it as of any other.
  const isPort = /port-unreach/.test(text) || !/(unreach|prohib|no-route)/.test(text);
  // Where the sender's own kernel rejects, connect(2) itself may give the error; and not every kernel tells TCP of each ICMPv6 error.
  if (isPort) return leg?.packet.family === 6 ? ['refused', 'noAnswer'] : ['refused'];
  return leg?.packet.family === 6 ? ['unreachable', 'notSent', 'noAnswer'] : ['unreachable', 'notSent'];
}

/** A route that refuses tells a sender on the host by an error, one behind it by ICMP; a blackhole tells nobody behind the host. */
function noRouteOutcomes(leg: Leg | undefined, accepted: boolean): ProbeOutcome[] {
  if (accepted) return ['closed', 'connected'];
  const steps = (leg?.hops ?? []).flatMap((hop) => hop.steps);
  const isForwarded = steps.some(({ kind }) => kind === 'receive');
  return isForwarded ? ['unreachable', 'noAnswer'] : ['notSent', 'unreachable', 'noAnswer'];
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
