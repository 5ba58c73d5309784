import type { Graph, Lens } from './graph.ts';

export interface Point {
  x: number;
  y: number;
}

/** In pixels at zoom 1, absolute (not relative to the parent), on a grid of 4. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The way of an edge: orthogonal, from its first point (at the `from` box's border) to its last. `label` is where its label's left middle stands. */
export interface EdgeRoute {
  points: Point[];
  label: Point | null;
}

export interface Layout {
  boxes: Record<string, Box>;
  routes: Record<string, EdgeRoute>;
  bounds: Box;
  /** What the next layout needs to leave everything where it is: give the whole Layout back as `previous`. */
  plan: LayoutPlan;
}

/**
 * Which slot each thing has: the decisions of a layout, without its pixels. Plain data, so that it can be kept and sent to a worker. Widths are
 * in units of a quarter of the card pitch.
 */
export interface LayoutPlan {
  lens: Lens;
  /** Width of the gutter at the left of every shelf: ports in the Docker lens, panels in the Linux lens. */
  left: number;
  /** Width of the widest shelf, `left` included. */
  width: number;
  shelves: PlanShelf[];
  blocks: PlanBlock[];
}

/**
 * A row of blocks, whose bars share a y. `rows` of cards; `ports` is how much room its ports may take, in pixels, `extra` what tall
 * cards and the plugs below them need; `bare`: trays only, no bars.
 */
export interface PlanShelf {
  rows: number;
  ports: number;
  extra: number;
  bare: boolean;
}

/**
 * A network's bar with the cards that hang on it, a tray with its cards, or the stack of the bars without cards. `unit` is where its first
 * column begins, `gutter` the room before it, `columns` its cards side by side; `slots[i]` is the node in column i % columns of row
 * i / columns, null for a gap. `reach`: the bar goes on behind its columns, to the edge where the widest shelf ends. An `annex` is a
 * further block of a network whose first one could not grow: it has no bar of its own.
 */
export interface PlanBlock {
  id: string;
  kind: 'network' | 'annex' | 'tray' | 'stack';
  shelf: number;
  unit: number;
  gutter: number;
  columns: number;
  reach: boolean;
  slots: (string | null)[];
}

/** Boxes that a person has put elsewhere, by node id: the rest is laid out as if they had not. */
export type Pins = Record<string, Point>;

export interface LayoutOptions {
  pins: Pins;
  /** Width over height that the picture tries to stay near. */
  aspect: number;
  /** The layout before a change: what is still there keeps its place, what is new takes a free one. */
  previous?: Layout | undefined;
  /** Cards are this wide, where that is more than usual: for pictures in which no name may be cut. */
  cardWidth?: number | undefined;
}

export type LayoutGraph = (graph: Graph, options: LayoutOptions) => Layout;
