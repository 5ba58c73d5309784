import type { Flight } from './flight.ts';
import type { Namespace } from './namespace.ts';
import type { Refusing } from './refusal.ts';
import { lookUpRoute, sourceFor } from './routing.ts';
import type { Run } from './run.ts';
import { addRouteStep, outLinkOf, refusedRoute, routeQuestion, sendFrom } from './way/ipLayer.ts';
import type { Move } from './way/move.ts';

/**
 * A packet that a process sends, or the kernel itself (`refusal`); a source that is not bound is chosen by the route. `beforehand` writes what came
 * before, as names.
 */
export function originate(
  run: Run,
  {
    namespace,
    flight,
    refusal,
    beforehand,
  }: { namespace: Namespace; flight: Flight; refusal?: Refusing['kind']; beforehand?: (flight: Flight) => void },
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
  const at = namespace.sandbox;
  const { destination: to, destinationPort: port } = sent;
  const sentence =
    refusal === undefined
      ? run.say.step.processSends({ at, protocol: sent.protocol, to, port })
      : run.say.step.kernelRefuses({ at, kind: refusal, to, port });
  run.trail.add(
    { kind: 'originate', link: link?.id ?? null },
    { flight: sent, touches: [namespace.sandbox.id, link?.id ?? null], sentence },
  );
  beforehand?.(sent);
  addRouteStep(run, namespace, { flight: sent, answer, source });
  if (answer.kind === 'none' || answer.kind === 'refused')
    return { first: refusedRoute(answer, sent, { namespace, say: run.say }), flight: sent };
  return { first: sendFrom(run, { namespace, flight: sent, route: answer }), flight: sent };
}
