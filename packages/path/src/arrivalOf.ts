import type { DockerProxy, Socket } from '@vethscope/model';
import { isLoopbackAddress } from './ipNumber.ts';
import { portUnreachable, type Refusal, type Refusing } from './refusal.ts';
import { refused } from './refused.ts';
import { type End, ended, type Run } from './run.ts';
import type { Said } from './sentences/sentences.ts';
import { socketFor } from './socketFor.ts';
import type { Outcome } from './way/walk.ts';

/** Who took the packet. `proxy`: docker-proxy did, and a second connection begins. `answersByRoute`: its answer's source is not the address asked. */
export interface Arrival {
  end: End;
  proxy: DockerProxy | null;
  answersByRoute: boolean;
}

const nobody = (end: End): Arrival => ({ end, proxy: null, answersByRoute: false });

/**
 * Before 28.0 docker-proxy answered a datagram that came to a wildcard socket from the address that the route selects. Since then it keeps the address
 * asked, and since then it has its socket from dockerd, by which the two are told apart. Source: moby/libnetwork#1729, moby cmd/docker-proxy udp_proxy_linux.go.
 */
function answersByRoute({ argv }: DockerProxy, { protocol, address }: Socket): boolean {
  const isWildcard = address === '0.0.0.0' || address === '::';
  return protocol === 'udp' && isWildcard && !argv.some((word) => /^--?use-listen-fd/.test(word));
}

const delivered = (sentence: Said): End => ended('delivered', { code: 'delivered', sentence });

/** Whether somebody takes the packet where it arrived. */
export function arrivalOf(run: Run, outcome: Outcome): Arrival {
  switch (outcome.kind) {
    case 'ended':
      return nobody(outcome.end);
    case 'left': {
      const { flight, sentence, namespace } = outcome;
      if (isLoopbackAddress(flight.source)) {
        const words = run.say.cause.keepsLoopback(sentence, flight.source);
        return nobody(ended('dropped', { code: 'loopback-leaves', sentence: words }));
      }
      if (namespace.addresses.has(flight.source)) return nobody(ended('leftHost', { code: 'left-host', sentence }));
      const words = run.say.cause.keepsSource(sentence, flight.source);
      return nobody(ended('leftHost', { code: 'no-masquerade', sentence: words }));
    }
    case 'arrived':
      return receivedBy(run, outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function receivedBy(run: Run, { namespace, link, flight }: Extract<Outcome, { kind: 'arrived' }>): Arrival {
  const { say } = run;
  const at = namespace.sandbox;
  const deliver = (socket: Socket | null, sentence: Said): void =>
    run.trail.add(
      { kind: 'deliver', link: link?.id ?? null, socket: socket?.id ?? null },
      { flight, touches: [socket?.id ?? null, namespace.sandbox.id], sentence },
    );
  if (flight.protocol === 'icmp') {
    const sentence = say.step.answersEcho(at);
    deliver(null, sentence);
    return nobody(delivered(sentence));
  }
  // Docker opens its IPv6 sockets with IPV6_V6ONLY, which no reading of the kernel's shows. Source: moby portallocator and port binding, listenSock.
  const isOnly6 = ({ id }: Socket): boolean => run.world.proxyOfSocket.has(id) || run.world.heldSockets.has(id);
  const socket = socketFor(namespace, flight, { link: link?.id ?? null, isOnly6 });
  if (socket === null && namespace.sandbox.kind === 'docker') {
    const why = say.why.ipvsBalances(at.name);
    run.decisions.ask({ at: namespace.sandbox.id, why, kind: 'unmodelled' });
    run.trail.add(
      { kind: 'unmodelled', at: namespace.sandbox.id, why },
      { flight, touches: [namespace.sandbox.id], sentence: say.step.notModelled(why) },
    );
    return nobody(ended('unknown', { code: 'unmodelled', sentence: say.cause.cannotTellWhichTask(why) }));
  }
  if (socket === null) {
    const by: Refusing = flight.protocol === 'udp' ? portUnreachable(flight.family) : { kind: 'reset' };
    const refusal: Refusal = { namespace, flight, by, attached: false };
    return nobody({ ...refused(run, namespace, { flight, isOnly6 }), refusal });
  }
  const port = flight.destinationPort ?? 0;
  const proxy = run.world.proxyOfSocket.get(socket.id) ?? null;
  const address = `${socket.family === 6 ? `[${socket.address}]` : socket.address}:${socket.port}`;
  deliver(socket, say.step.socketReceives({ socket: address, at, isProxy: proxy !== null }));
  if (proxy !== null) {
    const sentence = say.step.proxied(proxy.containerAddress, proxy.containerPort);
    run.trail.add({ kind: 'proxy', process: proxy.id }, { flight, touches: [proxy.id], sentence });
    return { end: delivered(sentence), proxy, answersByRoute: answersByRoute(proxy, socket) };
  }
  if (run.world.heldSockets.has(socket.id)) {
    const sentence = say.cause.heldByDockerd({ protocol: flight.protocol, port, at });
    return nobody(ended('noReply', { code: 'held-by-dockerd', sentence }));
  }
  const containers = namespace.sandbox.containers
    .map((id) => run.world.snapshot.records.container[id])
    .filter((one) => one !== undefined);
  if (
    namespace.sandbox.kind === 'container' &&
    containers.length > 0 &&
    containers.every(({ state }) => state === 'paused')
  ) {
    const [{ name } = { name: namespace.sandbox.name }] = containers;
    const sentence = say.cause.paused(name);
    return nobody(ended('noReply', { code: 'paused', sentence, fix: `docker unpause ${name}` }));
  }
  return nobody(delivered(say.cause.delivered({ socket: address, at, port })));
}
