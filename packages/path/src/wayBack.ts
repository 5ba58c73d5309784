import type { Disposition, Link } from '@vethscope/model';
import { answerTo, type Flight, inverse, sameTuple, tupleOf } from './flight.ts';
import type { Namespace } from './namespace.ts';
import { originate } from './originate.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { type End, ended, type Run } from './run.ts';
import type { Elsewhere } from './sentences/place.ts';
import { both, type Said } from './sentences/sentences.ts';
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
    return { trail, end: lost(back.end, run.say.cause.answerLost) };
  }
  if (comesHome(back, { sender, sent })) {
    toldTo(run, back, run.say.step.answerHome);
    return { trail, end: null };
  }
  const sentence = run.say.cause.answerElsewhere({
    arrived: outcome.flight.destination,
    end: elsewhere(back),
    from: back.flight.source,
    awaited: sent.destination,
    byRoute,
  });
  const fix = byRoute ? run.say.fix.askOrUpgrade(back.flight.source) : null;
  return { trail, end: ended('noReply', { code: 'asymmetric-reply', sentence, fix }) };
}

/** The way of a reset or an ICMP error [P11]: where it does not come to the sender, all that he sees is silence. */
export function followRefusal(run: Run, end: End, { sender, sent, refusal }: Waiting & { refusal: Refusal }): WayBack {
  const trail = new Trail(run.brief, run.visited);
  const { namespace, flight } = refusal;
  const { kind } = refusal.by;
  if (kind === 'reset' && refusal.attached && flight.physIn !== null) {
    return { trail, end: straightBack(run, end, { flight, port: flight.physIn, sent }) };
  }
  run.trail = trail;
  run.patience = patience;
  const back = walk(run, originate(run, { namespace, flight: refusalOf(refusal), refusal: kind }).first);
  const before = both(end.cause.sentence, run.say.cause.notTold);
  if (back.kind === 'ended') return { trail, end: lost(back.end, before) };
  if (comesHome(back, { sender, sent })) {
    toldTo(run, back, run.say.step.senderTold);
    return { trail, end: null };
  }
  const sentence = both(before, run.say.cause.refusalElsewhere(kind, elsewhere(back)));
  return { trail, end: ended('noReply', { code: 'asymmetric-reply', sentence }) };
}

/**
 * A packet that came by the port of a bridge, where netfilter was asked: its reset goes straight out of that port. No rule sees it, and nothing
 * translates it back. Source: kernel nf_reject_ipv4.c nf_send_reset.
 */
function straightBack(
  { say }: Run,
  end: End,
  { flight, port, sent }: { flight: Flight; port: string; sent: Flight },
): End | null {
  if (sameTuple(tupleOf(flight), tupleOf(sent))) return null;
  const straight = say.cause.resetStraightBack({ port, from: flight.destination, awaited: sent.destination });
  const sentence = both(end.cause.sentence, straight);
  return ended('noReply', { code: 'asymmetric-reply', sentence });
}

const elsewhere = (back: Exclude<Outcome, { kind: 'ended' }>): Elsewhere =>
  back.kind === 'left' ? { kind: 'left', link: back.link.name } : { kind: 'arrived', at: back.namespace.sandbox };

function lost({ disposition, cause, key }: End, before: Said): End {
  const seen: Disposition = disposition === 'unknown' ? 'unknown' : 'noReply';
  return { disposition: seen, cause: { ...cause, sentence: both(before, cause.sentence) }, key, refusal: null };
}

/** Whether it came to who sent, and is about what was sent. */
function comesHome(back: Exclude<Outcome, { kind: 'ended' }>, { sender, sent }: Waiting): boolean {
  const isThere =
    back.kind === 'left' ? sender.kind === 'outside' : sender.kind === 'process' && back.namespace === sender.namespace;
  const about = back.flight.about?.tuple ?? inverse(tupleOf(back.flight));
  return isThere && sameTuple(about, tupleOf(sent));
}

function toldTo(run: Run, back: Exclude<Outcome, { kind: 'ended' }>, sentence: Said): void {
  if (back.kind !== 'arrived') return;
  run.trail.add(
    { kind: 'deliver', link: back.link?.id ?? null, socket: null },
    { flight: back.flight, touches: [back.namespace.sandbox.id], sentence },
  );
}
