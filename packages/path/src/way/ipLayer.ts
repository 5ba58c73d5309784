import type { Link } from '@vethscope/model';
import { dropCause } from '../dropCause.ts';
import type { Flight } from '../flight.ts';
import { isLoopbackAddress } from '../ipNumber.ts';
import type { Namespace } from '../namespace.ts';
import { runHook } from '../netfilter.ts';
import { routerSays } from '../refusal.ts';
import { checkSource, eitherSysctl, linkSysctl } from '../reversePath.ts';
import { lookUpRoute, type RouteAnswer, type RouteQuestion } from '../routing.ts';
import { type End, ended, type Run } from '../run.ts';
import type { Say } from '../sentences/sentences.ts';
import type { Move } from './move.ts';

type Received = Extract<Move, { kind: 'receive' }>;

export function routeQuestion(
  flight: Flight,
  { inLink, outLink = null }: { inLink: string | null; outLink?: string | null },
): RouteQuestion {
  const { family, destination, source, mark, protocol, sourcePort, destinationPort } = flight;
  return { family, destination, source, mark, protocol, sourcePort, destinationPort, inLink, outLink };
}

/** Writes the routing decision down. */
export function addRouteStep(
  run: Run,
  namespace: Namespace,
  { flight, answer, source }: { flight: Flight; answer: RouteAnswer; source: string | null },
): void {
  // A decision moves no packet: without its step nothing is to be written down.
  if (run.brief) return;
  const route = answer.kind === 'none' ? null : answer.route;
  const link =
    answer.kind === 'unicast' ? (namespace.links.get(answer.link) ?? null) : run.world.link(route?.link ?? null);
  const runnersUp = 'runnersUp' in answer ? answer.runnersUp.map(({ id }) => id) : [];
  const sentence =
    route === null
      ? run.say.step.noRoute(flight.destination)
      : run.say.step.routed({ to: flight.destination, route, link: link?.name ?? null, source });
  run.trail.add(
    { kind: 'route', table: route?.table ?? null, route: route?.id ?? null, runnersUp, source },
    { flight, touches: [route?.id ?? null, link?.id ?? null], sentence },
  );
}

/** The end of a packet that the routing decision refuses. */
export function refusedRoute(
  answer: Extract<RouteAnswer, { kind: 'refused' | 'none' }>,
  flight: Flight,
  { namespace, say }: { namespace: Namespace; say: Say },
): Extract<Move, { kind: 'ended' }> {
  if (answer.kind === 'none') {
    const sentence = say.cause.noRoute(namespace.sandbox, flight.destination);
    return { kind: 'ended', end: ended('noRoute', { code: 'no-route', sentence }) };
  }
  const sentence = say.cause.routeRefuses(namespace.sandbox, flight.destination, answer.how);
  return { kind: 'ended', end: ended('noRoute', { code: 'route-refuses', sentence }) };
}

/** A router that has no route says so by ICMP; of a blackhole it says nothing, and of IPv4 nothing where it does not forward. Source: kernel route.c ip_error. */
function refusedOnTheWay(
  run: Run,
  flight: Flight,
  { namespace, link, answer }: { namespace: Namespace; link: Link; answer: Parameters<typeof refusedRoute>[0] },
): Move {
  const { end } = refusedRoute(answer, flight, { namespace, say: run.say });
  const how = answer.kind === 'refused' ? answer.how : 'none';
  const silent = how === 'blackhole' || (flight.family === 4 && !forwards(run, namespace, { link, flight }));
  return {
    kind: 'ended',
    end: silent ? end : { ...end, refusal: { namespace, flight, by: routerSays(how, flight.family), attached: true } },
  };
}

/** 127/8 passes other links than the loopback only with route_localnet; IPv6 asks nothing of the kind of what it sends. Source: kernel route.c ip_route_input_slow, __mkroute_output. */
function mayLeaveLoopback(run: Run, namespace: Namespace, link: Link): boolean {
  return eitherSysctl(namespace, run.world.host, { link: link.name, name: 'route_localnet' }) > 0;
}

/** The end of a packet from 127/8 that would leave by another link than the loopback. */
function loopbackLeaves(
  run: Run,
  { source, family }: Flight,
  { namespace, out }: { namespace: Namespace; out: Link },
): End | null {
  if (family === 6 || !isLoopbackAddress(source) || out.kind === 'loopback' || mayLeaveLoopback(run, namespace, out))
    return null;
  const sentence = run.say.cause.loopbackLeaves(source, out.name);
  const fix = `sysctl net.ipv4.conf.${out.name}.route_localnet=1`;
  return ended('dropped', { code: 'loopback-leaves', sentence, fix });
}

/** A packet that a process of this namespace sends: routed already, source chosen [P1]. */
export function sendFrom(
  run: Run,
  { namespace, flight, route }: { namespace: Namespace; flight: Flight; route: RouteAnswer },
): Move {
  let answer = route;
  let out = outLinkOf(namespace, answer);
  const reroute = (changed: Flight): End | null => {
    answer = lookUpRoute(namespace, routeQuestion(changed, { inLink: null }), run.decisions);
    addRouteStep(run, namespace, { flight: changed, answer, source: changed.source });
    if (answer.kind === 'none' || answer.kind === 'refused')
      return refusedRoute(answer, changed, { namespace, say: run.say }).end;
    const to = outLinkOf(namespace, answer);
    return to === null ? null : loopbackLeaves(run, changed, { namespace, out: to });
  };
  // Whatever is routed again, the rules of this hook go on seeing the link that it was first routed to.
  const output = runHook(run, { ...flight, outLink: out?.name ?? null }, { namespace, hook: 'output', reroute });
  if (output.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, output) };
  out = outLinkOf(namespace, answer);
  const now: Flight = { ...output.flight, outLink: out?.name ?? null };
  if (answer.kind === 'none' || answer.kind === 'refused')
    return refusedRoute(answer, now, { namespace, say: run.say });
  if (answer.kind === 'broadcast' || answer.kind === 'multicast') return toMany(run, now, answer.route.id);
  if (out === null)
    return {
      kind: 'ended',
      end: ended('noRoute', {
        code: 'no-route',
        sentence: run.say.cause.linkOfRouteToUnread(now.destination),
      }),
    };
  const stays = loopbackLeaves(run, now, { namespace, out });
  if (stays !== null) return { kind: 'ended', end: stays };
  const towards = answer.kind === 'unicast' ? (answer.gateway ?? now.destination) : now.destination;
  const post = runHook(run, now, { namespace, hook: 'postrouting', outLink: out, towards });
  if (post.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, post) };
  if (out.kind !== 'loopback') return { kind: 'transmit', namespace, link: out, flight: post.flight, towards };
  return overLoopback(run, { namespace, link: out, flight: post.flight });
}

function toMany(run: Run, flight: Flight, at: string): Move {
  const why = run.say.why.manyReceivers(flight.destination);
  run.decisions.ask({ at, why, kind: 'unmodelled' });
  run.trail.add({ kind: 'unmodelled', at, why }, { flight, touches: [at], sentence: run.say.step.notModelled(why) });
  return { kind: 'ended', end: ended('unknown', { code: 'unmodelled', sentence: run.say.cause.wayNotModelled(why) }) };
}

/** Where a packet of this namespace leaves; to an address of its own, by the loopback. */
export function outLinkOf(namespace: Namespace, answer: RouteAnswer): Link | null {
  switch (answer.kind) {
    case 'unicast':
      return namespace.links.get(answer.link) ?? null;
    case 'local':
      return namespace.loopback;
    case 'broadcast':
    case 'multicast':
      return answer.route.link === null ? null : (namespace.links.get(answer.route.link) ?? null);
    case 'refused':
    case 'none':
      return null;
    default: {
      const never: never = answer;
      return never;
    }
  }
}

/** The loopback keeps the conntrack entry, the mark and the route of the packet. Source: kernel loopback.c loopback_xmit. */
function overLoopback(
  run: Run,
  { namespace, link, flight }: { namespace: Namespace; link: Link; flight: Flight },
): Move {
  run.trail.add(
    { kind: 'transmit', link: link.id },
    { flight, touches: [link.id], sentence: run.say.step.sentOnLoopback },
  );
  run.trail.enter(namespace.sandbox.id);
  const arrived: Flight = { ...flight, inLink: link.name, outLink: null, local: false };
  run.trail.add(
    { kind: 'receive', link: link.id },
    { flight: arrived, touches: [link.id], sentence: run.say.step.receivedOnLoopback },
  );
  const pre = runHook(run, arrived, { namespace, hook: 'prerouting' });
  if (pre.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, pre) };
  return intoNamespace(run, { namespace, link, flight: pre.flight });
}

function intoNamespace(
  run: Run,
  { namespace, link, flight }: { namespace: Namespace; link: Link; flight: Flight },
): Move {
  const input = runHook(run, flight, { namespace, hook: 'input' });
  if (input.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, input) };
  return { kind: 'arrived', namespace, link, flight: input.flight };
}

/** A packet comes up to the IP layer [P1, P5]. Source: kernel ip_input.c ip_rcv_finish, route.c ip_route_input_slow, ip_forward.c. */
export function receiveIp(run: Run, { namespace, link, flight, hooked }: Received): Move {
  let now: Flight = { ...flight, inLink: link.name, outLink: null, local: false };
  if (!hooked) {
    const pre = runHook(run, now, { namespace, hook: 'prerouting' });
    if (pre.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, pre) };
    now = pre.flight;
  }
  const foreign = [now.destination, now.source].find(isLoopbackAddress);
  if (
    foreign !== undefined &&
    link.kind !== 'loopback' &&
    !(now.family === 4 && mayLeaveLoopback(run, namespace, link))
  ) {
    const sentence = run.say.cause.martian(foreign, link.name);
    return { kind: 'ended', end: ended('dropped', { code: 'martian-source', sentence }) };
  }
  const answer = lookUpRoute(namespace, routeQuestion(now, { inLink: link.name }), run.decisions);
  addRouteStep(run, namespace, { flight: now, answer, source: null });
  if (answer.kind === 'none' || answer.kind === 'refused')
    return refusedOnTheWay(run, now, { namespace, link, answer });
  const source = refusedSource(run, now, { namespace, link });
  if (source !== null) return source;
  if (answer.kind !== 'unicast') return intoNamespace(run, { namespace, link, flight: now });
  return forward(run, now, { namespace, link, answer });
}

function refusedSource(
  run: Run,
  flight: Flight,
  { namespace, link }: { namespace: Namespace; link: Link },
): Move | null {
  const check = checkSource(namespace, flight, { link, host: run.world.host, decisions: run.decisions });
  if (check.kind === 'passes') return null;
  const key = `source:${check.kind}:${link.id}`;
  if (run.decisions.lifted.has(key)) return null;
  if (check.kind === 'ownSource') {
    const sentence = run.say.cause.ownSource(namespace.sandbox, link.name, flight.source);
    return { kind: 'ended', end: ended('dropped', { code: 'own-source', sentence, key }) };
  }
  const mode = check.mode === 1 ? 'strict' : 'loose';
  const sentence = run.say.cause.reversePath({ at: namespace.sandbox, source: flight.source, link: link.name, mode });
  const fix = `sysctl net.ipv4.conf.${link.name}.rp_filter=2`;
  return {
    kind: 'ended',
    end: ended('dropped', { code: 'reverse-path-filter', sentence, fix: check.mode === 1 ? fix : null, key }),
  };
}

/** By the switch of the link that it came by; IPv6 has one for all links. Source: kernel ip_forward.c, ip6_output.c ip6_forward. */
export function forwards(run: Run, namespace: Namespace, { link, flight }: { link: Link; flight: Flight }): boolean {
  const own =
    flight.family === 4 ? linkSysctl(namespace, null, { family: 'ipv4', link: link.name, name: 'forwarding' }) : null;
  if (own !== null) return own > 0;
  const all = namespace.sysctl(flight.family === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding');
  if (all !== null) return Number(all) > 0;
  const why = run.say.why.forwardingUnread(namespace.sandbox);
  run.trail.add(
    { kind: 'unmodelled', at: link.id, why },
    { flight, touches: [link.id], sentence: run.say.step.notKnown(why) },
  );
  return run.decisions.ask({ at: link.id, why, kind: 'unmodelled' });
}

function forward(
  run: Run,
  flight: Flight,
  { namespace, link, answer }: { namespace: Namespace; link: Link; answer: Extract<RouteAnswer, { kind: 'unicast' }> },
): Move {
  const key = `forward:${namespace.sandbox.id}`;
  if (!forwards(run, namespace, { link, flight }) && !run.decisions.lifted.has(key)) {
    const name = flight.family === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
    const sentence = run.say.cause.doesNotForward(namespace.sandbox, link.name, name);
    return {
      kind: 'ended',
      end: ended('notForwarded', { code: 'ip-forward-off', sentence, fix: `sysctl ${name}=1`, key }),
    };
  }
  if (flight.ttl <= 1)
    return { kind: 'ended', end: ended('loop', { code: 'loop', sentence: run.say.cause.ttlUsedUp }) };
  const out = namespace.links.get(answer.link) ?? null;
  if (out === null)
    return {
      kind: 'ended',
      end: ended('noRoute', { code: 'no-route', sentence: run.say.cause.linkOfRouteUnread }),
    };
  const towards = answer.gateway ?? flight.destination;
  const passing: Flight = { ...flight, ttl: flight.ttl - 1, outLink: out.name, physIn: flight.physIn };
  const filtered = runHook(run, passing, { namespace, hook: 'forward' });
  if (filtered.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, filtered) };
  const post = runHook(run, filtered.flight, { namespace, hook: 'postrouting', outLink: out, towards });
  if (post.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, post) };
  return { kind: 'transmit', namespace, link: out, flight: post.flight, towards };
}
