import type { Link } from '@vethscope/model';
import { dropCause } from '../dropCause.ts';
import type { Flight } from '../flight.ts';
import type { Namespace } from '../namespace.ts';
import { runHook, runOuterHook } from '../netfilter.ts';
import { lookUpRoute } from '../routing.ts';
import { ended, type Run } from '../run.ts';
import type { Said } from '../sentences/sentences.ts';
import type { World } from '../world.ts';
import { forwards } from './ipLayer.ts';
import type { FrameTarget, Move } from './move.ts';
import { resolveNeighbor } from './neighbor.ts';
import { segmentOf } from './segment.ts';

export type Bridge = Extract<Link, { kind: 'bridge' }>;

/** The ports by which a frame comes to its target; several only where the outside lies behind several. */
function portsTowards({ world }: Run, bridge: Bridge, target: FrameTarget): readonly Link[] {
  const ofWorld = known.get(world) ?? new Map<Bridge, Map<Link | null, readonly Link[]>>();
  known.set(world, ofWorld);
  const ofBridge = ofWorld.get(bridge) ?? new Map<Link | null, readonly Link[]>();
  ofWorld.set(bridge, ofBridge);
  const to = target.kind === 'link' ? target.link : null;
  const found = ofBridge.get(to);
  if (found !== undefined) return found;
  const ports = (world.ports.get(bridge.id) ?? []).filter((port) => {
    const segment = segmentOf(world, port);
    return to === null ? segment.outside : segment.members.has(to);
  });
  ofBridge.set(to, ports);
  return ports;
}

/** A bridge may have a thousand ports, and is asked for the same target again and again. */
const known = new WeakMap<World, Map<Bridge, Map<Link | null, readonly Link[]>>>();

/** Why a port does not pass a frame, or null. Source: kernel br_forward.c should_deliver, br_allowed_ingress. */
function portRefuses(run: Run, bridge: Bridge, { port, from }: { port: Link; from: Link | null }): Move | null {
  const { cause } = run.say;
  const refuse = (code: 'port-blocked' | 'port-isolated' | 'hairpin', sentence: Said, fix: string): Move | null => {
    const key = `port:${code}:${port.id}`;
    return run.decisions.lifted.has(key)
      ? null
      : { kind: 'ended', end: ended('dropped', { code, sentence, fix, key }) };
  };
  if (port.port !== null && port.port.state !== 'forwarding') {
    return refuse(
      'port-blocked',
      cause.portBlocked(port.name, bridge.name, port.port.state),
      `bridge link set dev ${port.name} state 3`,
    );
  }
  if (from === null) return null;
  if (from === port && port.port?.hairpin !== true) {
    return refuse('hairpin', cause.noHairpin(bridge.name, port.name), `bridge link set dev ${port.name} hairpin on`);
  }
  if (from.port?.isolated === true && port.port?.isolated === true) {
    return refuse(
      'port-isolated',
      cause.portsIsolated(bridge.name, from.name, port.name),
      `bridge link set dev ${port.name} isolated off`,
    );
  }
  return null;
}

function filtersVlans(run: Run, bridge: Bridge, flight: Flight): void {
  if (!bridge.bridge.vlanFiltering) return;
  const why = run.say.why.vlansUnread(bridge.name);
  run.decisions.ask({ at: bridge.id, why, kind: 'unmodelled' });
  run.trail.add(
    { kind: 'unmodelled', at: bridge.id, why },
    { flight, touches: [bridge.id], sentence: run.say.step.notModelled(why) },
  );
}

/** Out of the bridge's own link: the IP layer of this namespace has seen the packet already. */
export function bridgeOut(
  run: Run,
  { namespace, bridge, flight, target }: { namespace: Namespace; bridge: Bridge; flight: Flight; target: FrameTarget },
): Move {
  const [port, ...others] = portsTowards(run, bridge, target);
  if (port === undefined) {
    const sentence = run.say.cause.noBridgePort(bridge.name, flight.destination);
    return { kind: 'ended', end: ended('neighborUnreachable', { code: 'no-bridge-port', sentence }) };
  }
  filtersVlans(run, bridge, flight);
  const outcome = others.length > 0 ? 'flood' : 'forward';
  run.trail.add(
    { kind: 'bridge', bridge: bridge.id, port: port.id, outcome },
    { flight, touches: [bridge.id, port.id], sentence: run.say.step.bridgeSends(bridge.name, port.name) },
  );
  const refused = portRefuses(run, bridge, { port, from: null });
  if (refused !== null) return refused;
  return { kind: 'frame', namespace, link: port, flight, target };
}

/** Whether netfilter's IP hooks see bridged packets [P6]: by sysctl for the namespace, or by the bridge's own switch. */
function callsNetfilter(
  run: Run,
  namespace: Namespace,
  { bridge, flight }: { bridge: Bridge; flight: Flight },
): boolean {
  const name = `net.bridge.bridge-nf-call-${flight.family === 4 ? 'ip' : 'ip6'}tables`;
  const own = flight.family === 4 ? bridge.bridge.nfCallIptables : bridge.bridge.nfCallIp6tables;
  // A namespace whose sysctls were not read has the switch on where the module is loaded, which the host's sysctls tell.
  const read = namespace.sysctls.size > 0 ? namespace.sysctl(name) : run.world.host?.sysctl(name) == null ? '0' : '1';
  return own || read === '1';
}

/** A frame enters a bridge by a port. Source: kernel br_input.c br_handle_frame_finish, br_netfilter_hooks.c. */
export function bridgeIn(
  run: Run,
  {
    namespace,
    bridge,
    port,
    flight,
    target,
  }: { namespace: Namespace; bridge: Bridge; port: Link; flight: Flight; target: FrameTarget },
): Move {
  const blocked = portRefuses(run, bridge, { port, from: null });
  if (blocked !== null) return blocked;
  filtersVlans(run, bridge, flight);
  const asked = callsNetfilter(run, namespace, { bridge, flight });
  const frame = runOuterHook(run, flight, { namespace, hook: 'prerouting', family: 'bridge' });
  if (frame.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, frame) };
  let now: Flight = { ...frame.flight, inLink: bridge.name, physIn: port.name, bridged: asked };
  let to = target;
  if (asked) {
    const result = runHook(run, now, { namespace, hook: 'prerouting' });
    if (result.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, result) };
    if (result.flight.destination !== now.destination)
      to = translatedTarget(run, namespace, { bridge, flight: result.flight });
    now = result.flight;
  }
  const isOwn = to.kind === 'link' && to.link === bridge;
  if (isOwn) {
    run.trail.add(
      { kind: 'bridge', bridge: bridge.id, port: port.id, outcome: 'local' },
      {
        flight: now,
        touches: [bridge.id, port.id],
        sentence: run.say.step.bridgeKeeps(bridge.name),
      },
    );
    const local = runOuterHook(run, now, { namespace, hook: 'input', family: 'bridge' });
    if (local.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, local) };
    const physIn = asked ? local.flight.physIn : null;
    return {
      kind: 'receive',
      namespace,
      link: bridge,
      flight: { ...local.flight, physIn, bridged: false },
      hooked: asked,
    };
  }
  return forwardFrame(run, { namespace, bridge, port, flight: now, target: to, asked });
}

/** A packet that was translated on the bridge stays on it only where its new address is on this bridge. Source: kernel br_nf_pre_routing_finish. */
function translatedTarget(
  run: Run,
  namespace: Namespace,
  { bridge, flight }: { bridge: Bridge; flight: Flight },
): FrameTarget {
  const { family, destination, source, mark, protocol, sourcePort, destinationPort } = flight;
  const asked = {
    family,
    destination,
    source,
    mark,
    protocol,
    sourcePort,
    destinationPort,
    inLink: bridge.name,
    outLink: null,
  };
  const route = lookUpRoute(namespace, asked, run.decisions);
  // IPv4 is routed as though it came in, which asks for forwarding: where the bridge does not forward, up it goes, and is discarded there.
  const mayReturn = flight.family === 6 || forwards(run, namespace, { link: bridge, flight });
  if (mayReturn && route.kind === 'unicast' && route.link === bridge.id) {
    const answer = resolveNeighbor(run, namespace, { link: bridge, address: route.gateway ?? destination });
    if (answer.kind === 'found') return answer.target;
  }
  return { kind: 'link', link: bridge };
}

function forwardFrame(
  run: Run,
  {
    namespace,
    bridge,
    port,
    flight,
    target,
    asked,
  }: { namespace: Namespace; bridge: Bridge; port: Link; flight: Flight; target: FrameTarget; asked: boolean },
): Move {
  const ports = portsTowards(run, bridge, target);
  const out = ports.find((one) => one !== port) ?? ports[0];
  if (out === undefined) {
    const sentence = run.say.cause.noBridgePort(bridge.name, flight.destination);
    return { kind: 'ended', end: ended('neighborUnreachable', { code: 'no-bridge-port', sentence }) };
  }
  run.trail.add(
    { kind: 'bridge', bridge: bridge.id, port: out.id, outcome: ports.length > 1 ? 'flood' : 'forward' },
    {
      flight,
      touches: [bridge.id, port.id, out.id],
      sentence: run.say.step.bridgePasses({ bridge: bridge.name, from: port.name, to: out.name, asked }),
    },
  );
  const refused = portRefuses(run, bridge, { port: out, from: port });
  if (refused !== null) return refused;
  const frame = runOuterHook(run, flight, { namespace, hook: 'forward', family: 'bridge' });
  if (frame.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, frame) };
  let now = frame.flight;
  if (asked) {
    // In and out are the bridge, and on POSTROUTING there is no link that it came by. Source: kernel br_nf_forward_ip, br_nf_post_routing.
    const forward = runHook(
      run,
      { ...now, inLink: bridge.name, outLink: bridge.name, physOut: out.name },
      { namespace, hook: 'forward' },
    );
    if (forward.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, forward) };
    const post = runHook(
      run,
      { ...forward.flight, inLink: null },
      { namespace, hook: 'postrouting', outLink: bridge, towards: flight.destination },
    );
    if (post.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, post) };
    now = post.flight;
  }
  const last = runOuterHook(run, now, { namespace, hook: 'postrouting', family: 'bridge' });
  if (last.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, last) };
  return { kind: 'frame', namespace, link: out, flight: last.flight, target };
}
