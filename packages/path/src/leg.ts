import type { Disposition, DockerProxy, Leg, Link, Socket } from '@vethscope/model';
import { answerTo, type Flight, inverse, packetOf, sameTuple, tupleOf } from './flight.ts';
import { matchedRulesOf } from './matchedRulesOf.ts';
import type { Namespace } from './namespace.ts';
import { refused } from './refused.ts';
import { lookUpRoute, sourceFor } from './routing.ts';
import { type End, ended, type Run } from './run.ts';
import { socketFor } from './socketFor.ts';
import { Trail } from './trail.ts';
import { entranceOf } from './way/fromOutside.ts';
import { addRouteStep, outLinkOf, refusedRoute, routeQuestion, sendFrom } from './way/ipLayer.ts';
import type { Move } from './way/move.ts';
import { type Outcome, walk } from './way/walk.ts';

/** Who sends the first packet: a process of a namespace, or a machine outside whose packets come in on a link of the host. */
export type Sender = { kind: 'process'; namespace: Namespace } | { kind: 'outside'; link: Link; namespace: Namespace };

export interface LegResult {
  leg: Leg;
  end: End;
  /** docker-proxy received it: a second connection begins. */
  proxy: DockerProxy | null;
}

const patience = 256;

/** A packet that a process sends; a source that is not bound is chosen by the route. `beforehand` writes what came before, as names. */
function originate(
  run: Run,
  { namespace, flight, beforehand }: { namespace: Namespace; flight: Flight; beforehand?: (flight: Flight) => void },
): { first: Move; flight: Flight } {
  const unbound = flight.source === '';
  const answer = lookUpRoute(
    namespace,
    { ...routeQuestion(flight, { inLink: null }), source: unbound ? null : flight.source },
    run.decisions,
  );
  const source = unbound ? sourceFor(namespace, answer, flight.destination) : flight.source;
  const any = flight.family === 4 ? '0.0.0.0' : '::';
  const sent: Flight = { ...flight, source: source ?? any };
  const link = outLinkOf(namespace, answer);
  run.trail.enter(namespace.sandbox.id);
  const port = sent.destinationPort === null ? '' : ` port ${sent.destinationPort}`;
  const sentence = `A process in ${namespace.where} sends ${sent.protocol} to ${sent.destination}${port}.`;
  run.trail.add(
    { kind: 'originate', link: link?.id ?? null },
    { flight: sent, touches: [namespace.sandbox.id, link?.id ?? null], sentence },
  );
  beforehand?.(sent);
  addRouteStep(run, namespace, { flight: sent, answer, source });
  if (answer.kind === 'none' || answer.kind === 'refused')
    return { first: refusedRoute(answer, sent, namespace.where), flight: sent };
  return { first: sendFrom(run, { namespace, flight: sent, route: answer }), flight: sent };
}

/** One connection: the way there, its end, and the way back [P9, P10, P11]. */
export function runLeg(
  run: Run,
  { sender, flight, beforehand }: { sender: Sender; flight: Flight; beforehand?: (flight: Flight) => void },
): LegResult {
  run.trail = new Trail();
  run.patience = patience;
  const there = run.trail;
  const began = begin(run, { sender, flight, ...(beforehand === undefined ? {} : { beforehand }) });
  const outcome = walk(run, began.first);
  const arrival = arrivalOf(run, outcome);
  let { end } = arrival;
  const isSuccess = end.disposition === 'delivered' || end.disposition === 'leftHost';
  const back = isSuccess && outcome.kind !== 'ended' ? follow(run, { outcome, sender, sent: began.flight }) : null;
  if (back?.end != null) end = back.end;
  const leg: Leg = {
    packet: packetOf(began.flight),
    disposition: end.disposition,
    hops: there.hops,
    reply: back?.trail.hops ?? [],
    matchedRules: matchedRulesOf(there.hops),
  };
  return { leg, end, proxy: isSuccess && back?.end == null ? arrival.proxy : null };
}

function begin(
  run: Run,
  { sender, flight, beforehand }: { sender: Sender; flight: Flight; beforehand?: (flight: Flight) => void },
): { first: Move; flight: Flight } {
  if (sender.kind === 'process') {
    return originate(run, { namespace: sender.namespace, flight, ...(beforehand === undefined ? {} : { beforehand }) });
  }
  const sent: Flight = { ...flight, local: false };
  const { link, target } = entranceOf(run.world, sender.link, flight.destination);
  return { first: { kind: 'arrive', link, flight: sent, target, from: null }, flight: sent };
}

const delivered = (sentence: string): End => ended('delivered', { code: 'delivered', sentence });

/** Whether somebody takes the packet where it arrived. */
function arrivalOf(run: Run, outcome: Outcome): { end: End; proxy: DockerProxy | null } {
  switch (outcome.kind) {
    case 'ended':
      return { end: outcome.end, proxy: null };
    case 'left': {
      const { flight, sentence, namespace } = outcome;
      if (namespace.addresses.has(flight.source))
        return { end: ended('leftHost', { code: 'left-host', sentence }), proxy: null };
      const words = `${sentence} It keeps the source ${flight.source}: an answer comes only from a machine that routes that address to this host.`;
      return { end: ended('leftHost', { code: 'no-masquerade', sentence: words }), proxy: null };
    }
    case 'arrived':
      return receivedBy(run, outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function receivedBy(
  run: Run,
  { namespace, link, flight }: Extract<Outcome, { kind: 'arrived' }>,
): { end: End; proxy: DockerProxy | null } {
  const deliver = (socket: Socket | null, sentence: string): void =>
    run.trail.add(
      { kind: 'deliver', link: link?.id ?? null, socket: socket?.id ?? null },
      { flight, touches: [socket?.id ?? null, namespace.sandbox.id], sentence },
    );
  if (flight.protocol === 'icmp') {
    const sentence = `The kernel of ${namespace.where} answers the echo request.`;
    deliver(null, sentence);
    return { end: delivered(sentence), proxy: null };
  }
  // docker-proxy opens its IPv6 sockets with IPV6_V6ONLY, which no reading of the kernel's shows. Source: moby portallocator and port binding, listenSock.
  const isOnly6 = (socket: Socket): boolean => run.world.proxyOfSocket.has(socket.id);
  const socket = socketFor(namespace, flight, { link: link?.id ?? null, isOnly6 });
  if (socket === null && namespace.sandbox.kind === 'docker') {
    const why = `${namespace.sandbox.name} balances by IPVS, whose tables are not read`;
    run.decisions.ask({ at: namespace.sandbox.id, why, kind: 'unmodelled' });
    run.trail.add(
      { kind: 'unmodelled', at: namespace.sandbox.id, why },
      { flight, touches: [namespace.sandbox.id], sentence: `Not modelled: ${why}.` },
    );
    return {
      end: ended('unknown', { code: 'unmodelled', sentence: `It cannot be told which task answers: ${why}.` }),
      proxy: null,
    };
  }
  if (socket === null) return { end: refused(run.world, namespace, { flight, isOnly6 }), proxy: null };
  const port = flight.destinationPort ?? 0;
  const proxy = run.world.proxyOfSocket.get(socket.id) ?? null;
  const address = socket.family === 6 ? `[${socket.address}]` : socket.address;
  const here = `The socket ${address}:${socket.port} in ${namespace.where} receives it`;
  deliver(socket, `${here}${proxy === null ? '' : ': it is docker-proxy’s'}.`);
  if (proxy !== null) {
    const sentence = `docker-proxy ends the connection here and opens another to ${proxy.containerAddress} port ${proxy.containerPort}.`;
    run.trail.add({ kind: 'proxy', process: proxy.id }, { flight, touches: [proxy.id], sentence });
    return { end: delivered(sentence), proxy };
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
    const sentence = `${name} is paused: its kernel accepts the connection, and nobody answers.`;
    return { end: ended('noReply', { code: 'paused', sentence, fix: `docker unpause ${name}` }), proxy: null };
  }
  return { end: delivered(`${here} on port ${port}.`), proxy: null };
}

/** The way back [P11]. `end` null: the answer came to the sender. */
function follow(
  run: Run,
  { outcome, sender, sent }: { outcome: Exclude<Outcome, { kind: 'ended' }>; sender: Sender; sent: Flight },
): { trail: Trail; end: End | null } {
  const trail = new Trail();
  run.trail = trail;
  run.patience = patience;
  const answer = answerTo(outcome.flight);
  const isLocal = outcome.kind === 'arrived';
  const entrance = isLocal ? null : entranceOf(run.world, outcome.link, answer.destination);
  const first: Move =
    entrance === null
      ? originate(run, { namespace: outcome.namespace, flight: answer }).first
      : { kind: 'arrive', ...entrance, flight: { ...answer, local: false }, from: null };
  const back = walk(run, first);
  return { trail, end: replyEnd(run, back, { sender, sent, seen: outcome.flight }) };
}

function replyEnd(
  run: Run,
  back: Outcome,
  { sender, sent, seen }: { sender: Sender; sent: Flight; seen: Flight },
): End | null {
  if (back.kind === 'ended') {
    const disposition: Disposition = back.end.disposition === 'unknown' ? 'unknown' : 'noReply';
    return {
      disposition,
      cause: {
        ...back.end.cause,
        sentence: `The packet arrives, but the answer does not come back. ${back.end.cause.sentence}`,
      },
      key: back.end.key,
    };
  }
  const { link } = back;
  const home =
    back.kind === 'left' ? sender.kind === 'outside' : sender.kind === 'process' && back.namespace === sender.namespace;
  const asExpected = sameTuple(inverse(tupleOf(back.flight)), tupleOf(sent));
  if (home && asExpected) {
    if (back.kind === 'arrived') {
      const sentence = 'The answer comes back to the sender.';
      run.trail.add(
        { kind: 'deliver', link: link?.id ?? null, socket: null },
        { flight: back.flight, touches: [back.namespace.sandbox.id], sentence },
      );
    }
    return null;
  }
  const where = back.kind === 'left' ? `leaves by ${back.link.name}` : `ends in ${back.namespace.where}`;
  const sentence = `The packet arrives at ${seen.destination}, but the answer ${where} from ${back.flight.source}, and the sender waits for one from ${sent.destination}.`;
  return ended('noReply', { code: 'asymmetric-reply', sentence });
}
