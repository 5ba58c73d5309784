import type { DockerProxy, Leg } from '@vethscope/model';
import { arrivalOf } from './arrivalOf.ts';
import { type Flight, packetOf } from './flight.ts';
import { matchedRulesOf } from './matchedRulesOf.ts';
import { originate } from './originate.ts';
import type { End, Run } from './run.ts';
import { Trail } from './trail.ts';
import { entranceOf } from './way/fromOutside.ts';
import type { Move } from './way/move.ts';
import { walk } from './way/walk.ts';
import { followAnswer, followRefusal, patience, type Sender } from './wayBack.ts';

export interface LegResult {
  leg: Leg;
  end: End;
  /** The last place on the way there, and the destination that the packet had in it. */
  landed: string;
  /** docker-proxy received it: a second connection begins. */
  proxy: DockerProxy | null;
}

/** One connection: the way there, its end, and the way back [P9, P10, P11]. */
export function runLeg(
  run: Run,
  { sender, flight, beforehand }: { sender: Sender; flight: Flight; beforehand?: (flight: Flight) => void },
): LegResult {
  run.trail = new Trail(run.brief, run.visited);
  run.patience = patience;
  const there = run.trail;
  const began = begin(run, { sender, flight, ...(beforehand === undefined ? {} : { beforehand }) });
  const outcome = walk(run, began.first);
  const arrival = arrivalOf(run, outcome);
  let { end } = arrival;
  const isSuccess = end.disposition === 'delivered' || end.disposition === 'leftHost';
  const waits = { sender, sent: began.flight };
  const back =
    isSuccess && outcome.kind !== 'ended'
      ? followAnswer(run, outcome, { ...waits, byRoute: arrival.answersByRoute })
      : end.refusal === null
        ? null
        : followRefusal(run, end, { ...waits, refusal: end.refusal });
  if (back?.end != null) end = back.end;
  const leg: Leg = {
    packet: packetOf(began.flight),
    disposition: end.disposition,
    hops: there.hops,
    reply: back?.trail.hops ?? [],
    matchedRules: run.brief ? [] : matchedRulesOf(there.hops),
  };
  const landed = `${there.hops.at(-1)?.sandbox ?? ''} ${there.destination}`;
  return { leg, end, landed, proxy: isSuccess && back?.end == null ? arrival.proxy : null };
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
