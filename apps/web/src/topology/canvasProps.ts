import type { Box, Graph, Layout, Pins, Point } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';

/** Bytes a second, as the link itself counts them: `rx` is what it received. */
export interface LinkRates {
  rx: number;
  tx: number;
}

/** `at` in milliseconds since the epoch. */
export interface RateSample extends LinkRates {
  at: number;
}

/**
 * Rates by Link id, outside of React's data: a frame of counters redraws only the lines that it touches. `rates` and `samples` give
 * the same object until the next frame that changes them, so that useSyncExternalStore can compare by identity.
 */
export interface CountersStore {
  /** Calls back after every frame in which this link's rate changed. Gives the function that ends it. */
  subscribe(linkId: string, listener: () => void): () => void;
  /** null: two frames with this link are not there yet. */
  rates(linkId: string): LinkRates | null;
  /** The last minute or so, oldest first; empty where nothing is known. */
  samples(linkId: string): readonly RateSample[];
}

export interface RecordChange {
  kind: 'added' | 'updated' | 'removed';
  /** When the page learned of it: milliseconds since the epoch. */
  at: number;
}

/** What changed lately, by record id. A first (or again full) snapshot is not a change. */
export interface ChangesStore {
  subscribe(listener: () => void): () => void;
  /** Another map after each change, the same one in between; entries may be dropped when older than five seconds. */
  recent(): ReadonlyMap<string, RecordChange>;
  /** What is told is the difference to another moment, or another host: it stays lit for as long as it is told. */
  lasting?: boolean;
}

/** What is not there any more, with its places. */
export interface Gone {
  graph: Graph;
  layout: Layout;
}

/** The way of a packet over the picture. */
export interface TraceOverlay {
  /** In the order in which the packet takes them; `reverse` where it goes from the edge's end to its start. */
  edges: readonly { id: string; reverse: boolean }[];
  nodes: ReadonlySet<string>;
  packet: TracePacket | null;
  outcome: 'good' | 'warn' | 'bad';
}

/** Where the packet is now. */
export interface TracePacket {
  /** Another key is another step: it sets out anew. */
  key: string;
  /** The node that it is at when it has arrived. */
  node: string | null;
  /** The lines that it runs along, in order; `still`: it stands at the end of them. Empty: it has come by no line, and stands on its node. */
  moves: readonly { id: string; reverse: boolean }[];
  still: boolean;
  /** How long it takes, in milliseconds. */
  ms: number;
}

/** What a click on the picture meant, while an end of a path is picked. `zone` for what stands for no record. */
export interface CanvasPick {
  record: string | null;
  zone: 'internet' | 'lan' | 'host' | null;
}

export interface CanvasProps {
  snapshot: Snapshot;
  graph: Graph;
  layout: Layout;
  /** A record's id. Boxes, rows and lines that stand for it are lit. */
  selection: string | null;
  onSelect: (recordId: string | null) => void;
  /** Ids of the nodes that a find expression hit; the others are dimmed. null: nothing is asked. */
  hits: ReadonlySet<string> | null;
  counters: CountersStore;
  changes: ChangesStore;
  /** What lasting changes took away: it is drawn faded. */
  ghosts?: Gone | null;
  /** As drawn: `system` is resolved before. The page carries the same as `data-theme` on its root. */
  theme: 'light' | 'dark';
  pins: Pins;
  /** While a box is dragged (at most once a frame) and at its end; null lets it go. */
  onPin: (nodeId: string, at: Point | null) => void;
  trace?: TraceOverlay | null;
  /** While it is there, a click picks and does not select. */
  onPick?: ((pick: CanvasPick) => void) | null;
  /** What the picture is of: an empty one of the host as it is now may be filled, others are as they are. Default: `now`. */
  of?: 'now' | 'past' | 'file';
  /** How many nodes a hide expression took away: an empty picture says so and offers the way back. */
  hidden?: number;
  onShowAll?: () => void;
  /** Screen pixels at the right and below that panels cover, so that "fit" centres in what is seen. */
  inset?: { right: number; bottom: number };
}

/** What the toolbar, the palette and the tree may ask of the canvas. */
export interface CanvasHandle {
  fit(): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** Brings a record's box into view, at a zoom at which it can be read. */
  reveal(recordId: string): void;
  /** The part of the layout that is in view; null before there is a view. */
  seen(): Box | null;
  focus(): void;
}
