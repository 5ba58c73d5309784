import type { GraphNode, Lens } from '../graph.ts';
import { measureText } from '../text/measureText.ts';

/** The sizes of a lens, in pixels at zoom 1. */
export interface Metrics {
  card: { width: number; height: number };
  /** What a line for sharers adds to a card. */
  sharer: number;
  /** From one card to the next, and a quarter of it: the unit of the plan. */
  pitch: number;
  unit: number;
  bar: number;
  /** From the top of a bar to the top of the cards in its first row. */
  hang: number;
  /** From one shelf's bars to the next's with one row of cards; and what each further row adds. */
  shelf: number;
  fold: number;
  /** From the top of a card in a further row up to the rail that its row hangs on. */
  rail: number;
  plug: { width: number; height: number };
  /** Columns that a bar has at least, however few its cards. */
  leastColumns: number;
}

const docker: Metrics = {
  card: { width: 134, height: 62 },
  sharer: 18,
  pitch: 176,
  unit: 44,
  bar: 18,
  hang: 68,
  shelf: 180,
  fold: 160,
  rail: 40,
  plug: { width: 52, height: 18 },
  leastColumns: 2,
};

const linux: Metrics = {
  card: { width: 172, height: 106 },
  sharer: 18,
  pitch: 204,
  unit: 51,
  bar: 52,
  hang: 122,
  shelf: 272,
  fold: 240,
  rail: 64,
  plug: { width: 112, height: 24 },
  leastColumns: 2,
};

/** `cardWidth` for pictures whose words must all be read without a tooltip; never narrower than the page's cards. */
export function metricsOf(lens: Lens, cardWidth = 0): Metrics {
  const usual = lens === 'linux' ? linux : docker;
  if (cardWidth <= usual.card.width) return usual;
  // The unit stays on the grid of 4.
  const pitch = Math.ceil((cardWidth + usual.pitch - usual.card.width) / 16) * 16;
  const width = pitch - (usual.pitch - usual.card.width);
  return { ...usual, card: { ...usual.card, width }, pitch, unit: pitch / 4 };
}

/** Lines of macvlan networks and tunnels that run beside the trunk, between it and the host's links. */
export const tracksBesideTrunk = 4;

export const frame = {
  top: 0,
  title: 44,
  padding: 20,
  outside: { width: 104, height: 46, pitch: 112, channel: 50 },
} as const;

/** The panels of the Linux lens: from the trunk to their left side, and the channel between them and the bridges. */
export const panelColumn = { left: 34, width: 172, channel: 44, gap: 26, head: 30, row: 16, foot: 8 } as const;

export function panelHeight(node: GraphNode): number {
  if (node.kind !== 'panel') return 0;
  return panelColumn.head + (node.rows.length + (node.more > 0 ? 1 : 0)) * panelColumn.row + panelColumn.foot;
}

/** Sizes of the pills that stand on lines. */
export const pill = {
  port: 22,
  chip: 18,
  portPitch: 28,
  note: 13,
  tightPitch: 20,
  tightNote: 9,
  text: 10.5,
  portText: 11,
} as const;

export function portWidth(node: GraphNode): number {
  return Math.max(66, Math.ceil(measureText(node.title, 'mono', pill.portText)) + 20);
}

export function chipWidth(node: GraphNode): number {
  return Math.ceil(measureText(node.title, 'mono', pill.text)) + 20;
}

export function plugWidth(node: GraphNode, metrics: Metrics): number {
  if (node.kind !== 'plug' || node.mark !== null) return metrics.plug.width;
  return Math.min(
    metrics.card.width,
    Math.max(metrics.plug.width, Math.ceil(measureText(node.title, 'mono', 10.5)) + 18),
  );
}

export function hostLinkSize(node: GraphNode): { width: number; height: number } {
  const rows = node.kind === 'hostLink' ? node.rows : [];
  const title =
    Math.ceil(measureText(node.title, rows.length > 0 ? 'sansStrong' : 'mono', rows.length > 0 ? 13 : 11.5)) + 24;
  if (rows.length === 0) return { width: Math.max(52, title), height: 28 };
  const widest = Math.max(title + 30, ...rows.map((row) => Math.ceil(measureText(row.text, 'mono', 10.5)) + 28));
  return { width: Math.max(116, widest), height: 28 + rows.length * 17 };
}
