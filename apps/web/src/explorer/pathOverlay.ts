import type { OverlayStep, TraceMarks } from '@vethscope/graph';
import type { TraceOverlay } from '../topology/canvasProps.ts';
import type { Lane, LaneStep, Way } from './lanes.ts';

/** How long a packet runs along one line, and how long a step without a line is looked at, in milliseconds. */
const perMove = 380;
const perStep = 520;

export const playMs = (moves: number): number => perStep + Math.max(0, moves - 1) * perMove;

const isOf = (mark: OverlayStep, step: LaneStep, way: Way): boolean =>
  mark.way === way && mark.leg === step.leg && mark.hop === step.hop && mark.step === step.index;

/**
 * The way over the picture, with the packet at one of its steps; `at` null: nowhere. A step that is not shown in the lanes may have moved the
 * packet: what it ran along is run along with the next one that is.
 */
export function pathOverlay(
  marks: TraceMarks,
  lanes: readonly Lane[],
  { way, at }: { way: Way; at: number | null },
): TraceOverlay {
  const run = marks.steps.filter((mark) => mark.way === way);
  const edges = run.flatMap(({ moves }) => moves);
  const nodes = new Set(way === 'there' ? marks.nodes : run.flatMap(({ node }) => node ?? []));
  return { edges, nodes, outcome: marks.outcome, packet: at === null ? null : packetAt(run, lanes, { way, at }) };
}

function packetAt(
  run: readonly OverlayStep[],
  lanes: readonly Lane[],
  { way, at }: { way: Way; at: number },
): TraceOverlay['packet'] {
  const steps = lanes.flatMap((lane) => lane.steps);
  const positionOf = (step: LaneStep | undefined) =>
    step === undefined ? -1 : run.findIndex((mark) => isOf(mark, step, way));
  const end = positionOf(steps[at]);
  if (end < 0) return null;
  const begin = positionOf(steps[at - 1]);
  const moves = run.slice(begin + 1, end + 1).flatMap((mark) => mark.moves);
  const last = run.slice(0, end + 1).findLast((mark) => mark.moves.length > 0)?.moves ?? [];
  return {
    key: `${way} ${at}`,
    node: run[end]?.node ?? null,
    moves: moves.length > 0 ? moves : last.slice(-1),
    still: moves.length === 0,
    ms: perMove * Math.max(1, moves.length),
  };
}
