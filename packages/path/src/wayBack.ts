import type { Disposition, Link } from '@vethscope/model';
import { answerTo, type Flight, inverse, sameTuple, tupleOf } from './flight.ts';
import type { Namespace } from './namespace.ts';
import { originate } from './originate.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { type End, ended, type Run } from './run.ts';
import { Trail } from './trail.ts';
import { entranceOf } from './way/fromOutside.ts';
import type { Move } from './way/move.ts';
import { type Outcome, walk } from './way/walk.ts';

/** Who sends the first packet: a process of a namespace, or a machine outside whose packets come in on a link of the host. */
export type Sender = { kind: 'process'; namespace: Namespace } | { kind: 'outside'; link: Link; namespace: Namespace };

/** Steps after which a way is called a loop. */
export const patience = 256;

/** Who waits for an answer, and to what. */
interface Waiting {
  sender: Sender;
  sent: Flight;
}

interface WayBack {
  trail: Trail;
  /** null: the answer came to the sender. */
  end: End | null;
}

/** The way of the answer [P11]. `byRoute`: its source is not the address asked, but the one that the route selects. */
export function followAnswer(
  run: Run,
  outcome: Exclude<Outcome, { kind: 'ended' }>,
  { sender, sent, byRoute }: Waiting & { byRoute: boolean },
): WayBack {
  const trail = new Trail(run.brief, run.visited);
  run.trail = trail;
  run.patience = patience;
  const answer = answerTo(outcome.flight);
  const isLocal = outcome.kind === 'arrived';
  const entrance = isLocal ? null : entranceOf(run.world, outcome.link, answer.destination);
  const first: Move =
    entrance === null
      ? originate(run, { namespace: outcome.namespace, flight: byRoute ? { ...answer, source: '' } : answer }).first
      : { kind: 'arrive', ...entrance, flight: { ...answer, local: false }, from: null };
  const back = walk(run, first);
  if (back.kind === 'ended') {
    return { trail, end: lost(back.end, 'The packet arrives, but the answer does not come back.') };
  }
  if (comesHome(back, { sender, sent })) {
    toldTo(run, back, 'The answer comes back to the sender.');
    return { trail, end: null };
  }
  const where = back.kind === 'left' ? `leaves by ${back.link.name}` : `ends in ${back.namespace.where}`;
  const asked = byRoute
    ? `docker-proxy, before Docker 28, answers from the address of its route, and so the answer`
    : 'the answer';
  const sentence = `The packet arrives at ${outcome.flight.destination}, but ${asked} ${where} from ${back.flight.source}, and the sender waits for one from ${sent.destination}.`;
  const fix = byRoute ? `ask ${back.flight.source}, or upgrade the engine to Docker 28` : null;
  return { trail, end: ended('noReply', { code: 'asymmetric-reply', sentence, fix }) };
}

/** The way of a reset or an ICMP error [P11]: where it does not come to the sender, all that he sees is silence. */
export function followRefusal(run: Run, end: End, { sender, sent, refusal }: Waiting & { refusal: Refusal }): WayBack {
  const trail = new Trail(run.brief, run.visited);
  const { namespace, flight } = refusal;
  const { kind } = refusal.by;
  if (kind === 'reset' && refusal.attached && flight.physIn !== null) {
    return { trail, end: straightBack(end, { flight, port: flight.physIn, sent }) };
  }
  run.trail = trail;
  run.patience = patience;
  const words = `The kernel of ${namespace.where} sends ${kind === 'reset' ? 'a reset' : 'an ICMP error'}`;
  const back = walk(run, originate(run, { namespace, flight: refusalOf(refusal), words }).first);
  const before = `${end.cause.sentence} The sender is not told.`;
  if (back.kind === 'ended') return { trail, end: lost(back.end, before) };
  if (comesHome(back, { sender, sent })) {
    toldTo(run, back, 'The sender is told.');
    return { trail, end: null };
  }
  const where = back.kind === 'left' ? `leaves by ${back.link.name}` : `ends in ${back.namespace.where}`;
  const sentence = `${before} ${kind === 'reset' ? 'The reset' : 'The ICMP error'} ${where}, and is not for what was sent.`;
  return { trail, end: ended('noReply', { code: 'asymmetric-reply', sentence }) };
}

/**
 * A packet that came by the port of a bridge, where netfilter was asked: its reset goes straight out of that port. No rule sees it, and nothing
 * translates it back. Source: kernel nf_reject_ipv4.c nf_send_reset.
 */
function straightBack(end: End, { flight, port, sent }: { flight: Flight; port: string; sent: Flight }): End | null {
  if (sameTuple(tupleOf(flight), tupleOf(sent))) return null;
  const sentence = `${end.cause.sentence} The sender is not told: the reset goes straight out of ${port} from ${flight.destination}, and the sender waits for one from ${sent.destination}.`;
  return ended('noReply', { code: 'asymmetric-reply', sentence });
}

function lost({ disposition, cause, key }: End, before: string): End {
  const seen: Disposition = disposition === 'unknown' ? 'unknown' : 'noReply';
  return { disposition: seen, cause: { ...cause, sentence: `${before} ${cause.sentence}` }, key, refusal: null };
}

/** Whether it came to who sent, and is about what was sent. */
function comesHome(back: Exclude<Outcome, { kind: 'ended' }>, { sender, sent }: Waiting): boolean {
  const isThere =
    back.kind === 'left' ? sender.kind === 'outside' : sender.kind === 'process' && back.namespace === sender.namespace;
  const about = back.flight.about?.tuple ?? inverse(tupleOf(back.flight));
  return isThere && sameTuple(about, tupleOf(sent));
}

function toldTo(run: Run, back: Exclude<Outcome, { kind: 'ended' }>, sentence: string): void {
  if (back.kind !== 'arrived') return;
  run.trail.add(
    { kind: 'deliver', link: back.link?.id ?? null, socket: null },
    { flight: back.flight, touches: [back.namespace.sandbox.id], sentence },
  );
}
