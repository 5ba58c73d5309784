import type { Link } from '@vethscope/model';
import { dropCause } from '../dropCause.ts';
import { type Flight, scrubbed } from '../flight.ts';
import { runOuterHook } from '../netfilter.ts';
import { ended, type Run } from '../run.ts';
import type { Said } from '../sentences/sentences.ts';
import { bridgeIn, bridgeOut } from './bridge.ts';
import type { Move } from './move.ts';
import { resolveNeighbor } from './neighbor.ts';

type Of<K extends Move['kind']> = Extract<Move, { kind: K }>;

/** From the IP layer to a link: the address on the link becomes one whom a frame is for [P8]. */
export function transmit(run: Run, { namespace, link, flight, towards }: Of<'transmit'>): Move {
  const { say } = run;
  const touches = [link.id];
  if (!link.up || !link.carrier) {
    const key = `link:${link.id}`;
    if (!run.decisions.lifted.has(key)) {
      const sentence = link.up ? say.cause.noCarrier(link.name) : say.cause.linkDown(link.name);
      const fix = link.up ? null : `ip link set ${link.name} up`;
      // A bridge without a carrier has no port that is up: nobody is there to answer.
      return { kind: 'ended', end: ended('neighborUnreachable', { code: 'link-down', sentence, fix, key }) };
    }
  }
  if (link.kind === 'tun' || link.kind === 'wireguard') {
    run.trail.add(
      { kind: 'transmit', link: link.id },
      { flight, touches, sentence: say.step.sentIntoTunnel(link.name) },
    );
    return { kind: 'left', namespace, link, flight, sentence: say.step.leavesByTunnel(link.name) };
  }
  const answer = resolveNeighbor(run, namespace, { link, address: towards });
  if (answer.kind === 'nobody') {
    run.trail.add(
      { kind: 'neighbor', address: towards, mac: null },
      { flight, touches, sentence: say.step.nobodyAnswers(towards, answer.why) },
    );
    const code = answer.macvlanParent ? 'macvlan-parent' : 'neighbor-unreachable';
    const fix = answer.macvlanParent ? say.fix.macvlanForHost : null;
    return {
      kind: 'ended',
      end: ended('neighborUnreachable', {
        code,
        sentence: say.cause.unreachable(towards, link.name, answer.why),
        fix,
      }),
    };
  }
  const who = answer.target.kind === 'link' ? answer.target.link.name : null;
  run.trail.add(
    { kind: 'neighbor', address: towards, mac: answer.mac },
    {
      flight,
      touches: [...touches, answer.target.kind === 'link' ? answer.target.link.id : null],
      sentence: say.step.neighbor({ address: towards, link: link.name, who, mac: answer.mac }),
    },
  );
  return { kind: 'frame', namespace, link, flight, target: answer.target };
}

/** Puts a frame on a link [P7]. */
export function sendFrame(run: Run, move: Of<'frame'>): Move {
  const { namespace, link, flight, target } = move;
  const { say } = run;
  if (link.kind === 'bridge') return bridgeOut(run, { ...move, bridge: link });
  const egress = runOuterHook(run, flight, { namespace, hook: 'egress', family: 'netdev', device: link.name });
  if (egress.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, egress) };
  const sent = { ...egress.flight, outLink: link.name };
  const add = (sentence: Said, other: string | null = null) =>
    run.trail.add({ kind: 'transmit', link: link.id }, { flight: sent, touches: [link.id, other], sentence });
  const arrive = (to: Link): Move => ({ kind: 'arrive', link: to, flight: sent, target, from: namespace });
  const leave = (sentence: Said): Move => {
    add(sentence);
    return { kind: 'left', namespace, link, flight: sent, sentence };
  };
  switch (link.kind) {
    case 'veth': {
      const peer = run.world.link(link.peer.link);
      if (peer === null) return leave(say.step.leavesOn(link.name));
      add(say.step.sentToPeer(link.name, peer.name), peer.id);
      return arrive(peer);
    }
    case 'macvlan':
    case 'ipvlan': {
      if (link.kind === 'ipvlan' && link.mode !== 'l2') {
        const why = say.why.ipvlanMode(link.mode);
        run.decisions.ask({ at: link.id, why, kind: 'unmodelled' });
        run.trail.add(
          { kind: 'unmodelled', at: link.id, why },
          { flight: sent, touches: [link.id], sentence: say.step.notModelled(why) },
        );
        return { kind: 'ended', end: ended('unknown', { code: 'unmodelled', sentence: say.cause.cannotTell(why) }) };
      }
      const parent = run.world.link(link.parent.link);
      if (target.kind === 'link') {
        add(say.step.sentOverParent(link.name, target.link.name), target.link.id);
        return arrive(target.link);
      }
      add(say.step.sentByParent(link.name, parent?.name ?? null), parent?.id ?? null);
      return {
        kind: 'left',
        namespace,
        link: parent ?? link,
        flight: sent,
        sentence: say.step.leavesByParent(parent?.name ?? link.name),
      };
    }
    case 'vxlan': {
      const remote = tunnelEnd(run, link, flight);
      return leave(say.step.leavesWrapped(link.vni, remote));
    }
    case 'dummy': {
      const sentence = say.step.discards(link.name);
      add(sentence);
      return { kind: 'ended', end: ended('dropped', { code: 'link-discards', sentence }) };
    }
    case 'vlan':
      return leave(say.step.leavesTagged(link.name, link.vlanId));
    case 'device':
    case 'bond':
    case 'tun':
    case 'wireguard':
      return leave(say.step.leavesOn(link.name));
    case 'loopback':
    case 'other': {
      const why = say.why.linkKind(link.kind === 'other' ? link.infoKind : link.kind);
      run.decisions.ask({ at: link.id, why, kind: 'unmodelled' });
      run.trail.add(
        { kind: 'unmodelled', at: link.id, why },
        { flight: sent, touches: [link.id], sentence: say.step.notModelled(why) },
      );
      return { kind: 'ended', end: ended('unknown', { code: 'unmodelled', sentence: say.cause.cannotTell(why) }) };
    }
    default: {
      const never: never = link;
      return never;
    }
  }
}

/** The host behind which the receiver is: its MAC by the neighbour table of the link's namespace, the host by the forwarding database. */
function tunnelEnd(run: Run, link: Link, flight: Flight): string | null {
  const { neighbor, fdbEntry } = run.world.snapshot.records;
  const known = Object.values(neighbor).find(
    (one) => one.sandbox === link.sandbox && one.address === flight.destination,
  );
  if (known?.mac == null) return null;
  return (
    Object.values(fdbEntry).find((one) => one.link === link.id && one.mac === known.mac && one.remote !== null)
      ?.remote ?? null
  );
}

/** A frame comes in on a link. Crossing into another namespace leaves nothing of what netfilter kept beside the packet. */
export function arriveOn(run: Run, { link, flight, target, from }: Of<'arrive'>): Move {
  const namespace = run.world.namespaceOf(link);
  if (namespace === null)
    return {
      kind: 'ended',
      end: ended('unknown', { code: 'unmodelled', sentence: run.say.cause.namespaceUnread(link.name) }),
    };
  run.trail.enter(namespace.sandbox.id);
  const clean = scrubbed(flight);
  const arrived = { ...(from === namespace ? { ...clean, mark: flight.mark } : clean), inLink: link.name };
  run.trail.add(
    { kind: 'receive', link: link.id },
    { flight: arrived, touches: [link.id], sentence: run.say.step.receivedOn(link.name) },
  );
  const key = `link:${link.id}`;
  if (!link.up && !run.decisions.lifted.has(key)) {
    const sentence = run.say.cause.linkDown(link.name);
    return {
      kind: 'ended',
      end: ended('dropped', { code: 'link-down', sentence, fix: `ip link set ${link.name} up`, key }),
    };
  }
  const ingress = runOuterHook(run, arrived, { namespace, hook: 'ingress', family: 'netdev', device: link.name });
  if (ingress.verdict !== 'accept') return { kind: 'ended', end: dropCause(run, ingress) };
  const child = target.kind === 'link' ? target.link : null;
  if (child !== null && child !== link && (run.world.children.get(link.id) ?? []).includes(child)) {
    run.trail.add(
      { kind: 'transmit', link: link.id },
      {
        flight: ingress.flight,
        touches: [link.id, child.id],
        sentence: run.say.step.handedTo(child.name, link.name),
      },
    );
    return { kind: 'arrive', link: child, flight: ingress.flight, target, from: namespace };
  }
  const master = run.world.link(link.master);
  if (master?.kind === 'bridge')
    return bridgeIn(run, { namespace, bridge: master, port: link, flight: ingress.flight, target });
  return { kind: 'receive', namespace, link: master ?? link, flight: ingress.flight, hooked: false };
}
