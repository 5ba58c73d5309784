import type { ProbeOutcome, ProbePlace, ProbeResult, Snapshot, Trace } from '@vethscope/model';
import type { ChainHandles } from '../host/probeSession.ts';
import type { ProbeHeaders, ProbeState } from '../host/probeSocket.ts';
import type { TraceEvent } from '../host/traceMessage.ts';
import { expectedOutcomes } from './expectedOutcomes.ts';
import { observedPasses } from './observedPasses.ts';
import type { ProbePlan } from './planProbe.ts';
import { placesOf, type TracedNamespace } from './probePlaces.ts';
import { hasLegacyRules } from './untraceable.ts';

/** What really happened. `namespaces` of those that were to be traced; `untraced` says why one could not be. */
export interface ProbeObservation {
  sentAt: string;
  tookMs: number;
  headers: ProbeHeaders;
  state: ProbeState;
  namespaces: {
    sandbox: string;
    untraced: string | null;
    events: readonly TraceEvent[];
    chains: readonly ChainHandles[];
  }[];
  cleanedUp: boolean;
}

/** Lays what was observed beside what is predicted. Pure. `trace` is of the packet with the port that it really had. */
export function judgeProbe(
  snapshot: Snapshot,
  { plan, trace, observation }: { plan: ProbePlan; trace: Trace; observation: ProbeObservation },
): ProbeResult {
  const { headers } = observation;
  const traced = observation.namespaces
    .filter(({ untraced }) => untraced === null)
    .map(
      ({ sandbox, events, chains }): TracedNamespace => ({
        sandbox,
        passes: observedPasses(events, { headers, legs: trace.legs, chains }),
      }),
    );
  const places = placesOf(snapshot, { trace, traced });
  const outcome = outcomeOf(observation.state, { trace, places });
  const rules = places.flatMap((place) => place.rules);
  const counts = {
    same: rules.filter(({ same }) => same === true).length,
    different: rules.filter(({ same }) => same === false).length,
    untold: rules.filter(({ same }) => same === null).length,
  };
  const { protocol, destination, destinationPort } = plan.packet;
  const first = trace.legs[0]?.packet;
  return {
    question: plan.question,
    sentAt: observation.sentAt,
    tookMs: observation.tookMs,
    sent: {
      family: destination.includes(':') ? 6 : 4,
      protocol,
      source: headers.source ?? '',
      sourcePort: headers.sourcePort,
      destination,
      destinationPort,
      icmpType: first?.icmpType ?? null,
      mark: 0,
      inLink: null,
      outLink: places.find(({ leg, direction }) => leg === 0 && direction === 'request')?.packet?.outLink ?? null,
    },
    predicted: { disposition: trace.disposition, cause: trace.cause },
    outcome,
    agrees: outcome.same !== false && counts.different === 0,
    counts,
    places,
    notes: notesOf(snapshot, { plan, trace, observation, traced, places }),
    cleanedUp: observation.cleanedUp,
  };
}

function outcomeOf(
  state: ProbeState,
  { trace, places }: { trace: Trace; places: readonly ProbePlace[] },
): ProbeResult['outcome'] {
  const expected = expectedOutcomes(trace);
  const observed = observedOutcome(state, places);
  return {
    observed,
    expected,
    same: expected.length === 0 ? null : expected.includes(observed),
    detail: state.kind === 'failed' ? state.error : null,
  };
}

function observedOutcome(state: ProbeState, places: readonly ProbePlace[]): ProbeOutcome {
  switch (state.kind) {
    case 'waiting':
      return 'noAnswer';
    case 'accepted':
      return state.ended ? 'closed' : 'connected';
    case 'answered':
      return 'answered';
    case 'failed': {
      if (state.error === 'ECONNREFUSED') return 'refused';
      if (state.error === 'ECONNRESET') return 'closed';
      if (state.error === 'ETIMEDOUT') return 'noAnswer';
      // An error at once may also be the answer of this very kernel to a packet that did set out, over the loopback.
      const setOut = places.some(({ direction, observed }) => direction === 'request' && observed === true);
      return state.atOnce && !(setOut && state.error !== 'EPERM') ? 'notSent' : 'unreachable';
    }
  }
}

function notesOf(
  snapshot: Snapshot,
  given: {
    plan: ProbePlan;
    trace: Trace;
    observation: ProbeObservation;
    traced: readonly TracedNamespace[];
    places: readonly ProbePlace[];
  },
): string[] {
  const { plan, trace, observation, traced, places } = given;
  const notes = [...plan.notes];
  const predictedSource = trace.legs[0]?.packet.source ?? '';
  const { source } = observation.headers;
  if (source !== null && predictedSource !== '' && source !== predictedSource)
    notes.push(`The kernel sent it from ${source}; predicted was ${predictedSource}.`);
  for (const { sandbox, untraced } of observation.namespaces) {
    const name = places.find((place) => place.sandbox === sandbox)?.name ?? sandbox;
    if (untraced !== null) notes.push(`The kernel could not be asked for its trace in ${name}: ${untraced}.`);
    else if (hasLegacyRules(snapshot, sandbox))
      notes.push(`Rules of iptables-legacy in ${name} are predicted only: the kernel’s trace does not name them.`);
  }
  const lost = traced.reduce((sum, { passes }) => sum + passes.reduce((all, pass) => all + pass.lost, 0), 0);
  if (lost > 0)
    notes.push(`Rules changed while the packet was on its way: ${lost} that it met are not there any more.`);
  if (places.some(({ direction, rules }) => direction === 'reply' && rules.length > 0) && !hasReply(places))
    notes.push('No answer was seen, so the predicted way of the answer was not tried.');
  if (!observation.cleanedUp)
    notes.push(
      'The probe’s table could not be removed everywhere. By hand: sudo nft delete table inet vethscope_probe',
    );
  return notes;
}

const hasReply = (places: readonly ProbePlace[]): boolean =>
  places.some(({ direction, observed }) => direction === 'reply' && observed !== false);
