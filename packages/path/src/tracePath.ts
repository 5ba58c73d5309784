import {
  type Cause,
  type Disposition,
  type Leg,
  Question,
  type QuestionInput,
  type Snapshot,
  type Trace,
} from '@vethscope/model';
import { Decisions } from './decisions.ts';
import { type Flight, firstFlight } from './flight.ts';
import { ipNumber } from './ipNumber.ts';
import { runLeg } from './leg.ts';
import { type Resolved, resolveQuestion } from './resolve.ts';
import { type End, ended, type Run } from './run.ts';
import { type Say, type Sentences, sayEnglish, say as sayIn } from './sentences/sentences.ts';
import { Trail } from './trail.ts';
import { unreadOnTheWay } from './unread.ts';
import { type World, worldOf } from './world.ts';

export interface TraceOptions {
  /** Find every blocker on the way, not only the first. Default true. */
  blockers?: boolean;
  /** Ask long chains by index. Default true; without it every rule is tried, which tests hold against it. */
  indexed?: boolean;
  /**
   * Only where it ends and why: legs have no steps and no matched rules. For many questions at once; tests hold the ends against those of full
   * traces. Default false.
   */
  brief?: boolean;
  /**
   * Takes in every Sandbox that any way led through which was tried, shown or not (the other answer of an open question, what stands behind a blocker): the
   * trace rests on their readings and on no others'.
   */
  visited?: Set<string>;
  /** The language of all sentences of the trace. Default English. */
  sentences?: Sentences | undefined;
}

interface Simulation {
  legs: Leg[];
  /** Where each leg landed. */
  landed: string;
  end: End;
  decisions: Decisions;
}

/** A port of the range from which Linux takes those of its own connections (ip_local_port_range). */
const ephemeralPort = 40_000;
const mostRuns = 48;
const mostBlockers = 8;
const mostLegs = 3;

const isSuccess = (disposition: Disposition): boolean => disposition === 'delivered' || disposition === 'leftHost';

/**
 * What the kernel would do with the first packet of a new connection, and with its answer, on the moment of a Snapshot. Pure; never throws for a
 * Snapshot that came from a recording, and says `unknown` rather than guess.
 */
export function tracePath(snapshot: Snapshot, input: QuestionInput, options: TraceOptions = {}): Trace {
  const question = Question.parse(input);
  const world = worldOf(snapshot);
  const say = options.sentences === undefined ? sayEnglish : sayIn(options.sentences);
  const resolved = resolveQuestion(world, question, say);
  if ('end' in resolved) {
    const { disposition, cause } = resolved.end;
    return { question, disposition, cause, blockers: [cause], legs: [], readAt: snapshot.readAt };
  }
  const run = (decisions: Decisions): Simulation =>
    simulate({
      world,
      question,
      resolved,
      decisions,
      indexed: options.indexed ?? true,
      brief: options.brief ?? false,
      visited: options.visited ?? null,
    });
  const first = run(new Decisions([], new Set(), say));
  const explored = explore(run, first);
  const unread = unreadOnTheWay(world, explored.shown, say);
  const end = unread ?? explored.end;
  const shown = unread === null ? explored.shown : asUnknown(explored.shown);
  const blockers = isSuccess(end.disposition)
    ? []
    : (options.blockers ?? true)
      ? blockersOf(run, end, say)
      : [end.cause];
  return {
    question,
    disposition: end.disposition,
    cause: end.cause,
    blockers,
    legs: shown.legs,
    readAt: snapshot.readAt,
  };
}

/** Follows both answers of every open question [P14]. Where they end alike that is the end; else nobody can tell. */
function explore(run: (decisions: Decisions) => Simulation, first: Simulation): { end: End; shown: Simulation } {
  const { say } = first.decisions;
  const waiting: boolean[][] = [];
  const branch = ({ decisions: { taken } }: Simulation, from: number): void => {
    for (let at = from; at < taken.length; at++)
      waiting.push([...taken.slice(0, at).map(({ answer }) => answer), true]);
  };
  branch(first, 0);
  for (let runs = 1; waiting.length > 0; runs++) {
    const answers = waiting.pop() ?? [];
    const other = runs < mostRuns ? run(new Decisions(answers, new Set(), say)) : null;
    if (other !== null && other.end.disposition === first.end.disposition && sameKind(other, first)) {
      branch(other, answers.length);
      continue;
    }
    const decision = (other ?? first).decisions.taken[Math.max(0, answers.length - 1)] ?? first.decisions.taken[0];
    const why = decision?.why ?? say.why.tooMuchOpen;
    const ends = other === null ? null : ([first.end.disposition, other.end.disposition] as const);
    const code = decision?.kind === 'unmodelled' ? 'unmodelled' : 'depends';
    const end = ended('unknown', {
      code,
      sentence: say.cause.open(why, ends),
      rule: decision?.at ?? null,
    });
    return { end, shown: asUnknown(first) };
  }
  return { end: first.end, shown: first };
}

/** Both delivered, but to different places, is not alike. */
function sameKind(a: Simulation, b: Simulation): boolean {
  return !isSuccess(a.end.disposition) || a.landed === b.landed;
}

function asUnknown(simulation: Simulation): Simulation {
  const legs = simulation.legs.map((leg, at) =>
    at === simulation.legs.length - 1 ? { ...leg, disposition: 'unknown' as const } : leg,
  );
  return { ...simulation, legs };
}

/** Every other blocker behind the first: the way is followed again with those found so far lifted [P16]. */
function blockersOf(run: (decisions: Decisions) => Simulation, first: End, say: Say): Cause[] {
  const blockers: Cause[] = [first.cause];
  const lifted = new Set<string>();
  let end = first;
  while (end.key !== null && blockers.length < mostBlockers) {
    if (lifted.has(end.key)) break;
    lifted.add(end.key);
    end = run(new Decisions([], lifted, say)).end;
    if (isSuccess(end.disposition)) break;
    if (end.disposition !== 'unknown') blockers.push(end.cause);
  }
  return blockers;
}

function simulate({
  world,
  question,
  resolved,
  decisions,
  indexed,
  brief,
  visited,
}: {
  world: World;
  question: Question;
  resolved: Resolved;
  decisions: Decisions;
  indexed: boolean;
  brief: boolean;
  visited: Set<string> | null;
}): Simulation {
  const run: Run = {
    world,
    decisions,
    say: decisions.say,
    trail: new Trail(brief, visited),
    connections: new Map(),
    indexed,
    brief,
    visited,
    patience: 0,
  };
  const { protocol } = question;
  const { sender, source, destination, port } = resolved;
  const sourcePort = protocol === 'icmp' ? null : (question.sourcePort ?? ephemeralPort);
  const family = ipNumber(destination)?.family ?? 4;
  const flight = firstFlight(protocol, family, {
    source: source ?? '',
    sourcePort,
    destination,
    destinationPort: port,
  });
  const { resolved: name } = resolved;
  const beforehand = (sent: Flight): void => {
    if (name === null) return;
    const sentence = run.say.step.resolved(name.name, name.answer, name.by);
    run.trail.add({ kind: 'resolve', ...name }, { flight: sent, touches: [], sentence });
  };
  let result = runLeg(run, { sender, flight, beforehand });
  const legs = [result.leg];
  const landed = [result.landed];
  const host = world.host;
  while (result.proxy !== null && host !== null && legs.length < mostLegs) {
    const { containerAddress, containerPort } = result.proxy;
    const next = firstFlight(protocol, ipNumber(containerAddress)?.family ?? 4, {
      source: '',
      sourcePort: ephemeralPort,
      destination: containerAddress,
      destinationPort: containerPort,
    });
    result = runLeg(run, { sender: { kind: 'process', namespace: host }, flight: next });
    legs.push(result.leg);
    landed.push(result.landed);
  }
  return { legs, landed: landed.join(' '), end: result.end, decisions };
}
