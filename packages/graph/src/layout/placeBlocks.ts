import type { Box, LayoutPlan, PlanBlock } from '../layout.ts';
import { type Arrangement, gutterColumns, portsHeight } from './arrangement.ts';
import { chipWidth, pill, plugWidth, portWidth } from './metrics.ts';
import { rowPitch, shelfHeight, stackPitch, stackRows, trayHead } from './shelfSize.ts';

/** Where a plan's slots are, in pixels: `x0` is unit 0, `tops` the top of each shelf's bars, `right` the end of the widest shelf. */
export interface Geometry {
  x0: number;
  tops: number[];
  bare: boolean[];
  right: number;
  bottom: number;
  boxes: Record<string, Box>;
  /** Where a card hangs. */
  slotOf: Map<string, { block: PlanBlock; row: number }>;
}

export function placeBlocks(arrangement: Arrangement, plan: LayoutPlan, origin: { x: number; y: number }): Geometry {
  const { metrics } = arrangement;
  const tops: number[] = [];
  let y = origin.y;
  for (const shelf of plan.shelves) {
    tops.push(y);
    y += shelfHeight(arrangement, shelf);
  }
  const geometry: Geometry = {
    x0: origin.x,
    tops,
    bare: plan.shelves.map((shelf) => shelf.bare),
    right: origin.x + plan.width * metrics.unit,
    bottom: y,
    boxes: {},
    slotOf: new Map(),
  };
  for (const block of plan.blocks) placeBlock(arrangement, geometry, block);
  placeLoosePorts(arrangement, geometry);
  return geometry;
}

export function blockSpan(
  { metrics }: Arrangement,
  geometry: Geometry,
  block: PlanBlock,
): { left: number; width: number; top: number } {
  return {
    left: geometry.x0 + block.unit * metrics.unit,
    width: block.columns * metrics.pitch,
    top: geometry.tops[block.shelf] ?? 0,
  };
}

function placeBlock(arrangement: Arrangement, geometry: Geometry, block: PlanBlock): void {
  const { metrics } = arrangement;
  const { left, width, top } = blockSpan(arrangement, geometry, block);
  const hang = geometry.bare[block.shelf] ? trayHead : metrics.hang;
  switch (block.kind) {
    case 'stack': {
      const rows = stackRows(arrangement);
      block.slots.forEach((id, index) => {
        if (id === null) return;
        const column = Math.floor(index / rows);
        geometry.boxes[id] = {
          x: left + column * 2 * metrics.pitch,
          y: top + (index % rows) * stackPitch(metrics),
          width: 2 * metrics.pitch - 20,
          height: metrics.bar,
        };
      });
      return;
    }
    case 'network':
      geometry.boxes[block.id] = {
        x: left,
        y: top,
        width: block.reach ? geometry.right - left : width,
        height: metrics.bar,
      };
      placePorts(arrangement, geometry, block);
      break;
    case 'tray': {
      const rows = Math.max(1, Math.ceil(block.slots.length / block.columns));
      geometry.boxes[block.id] = {
        x: left,
        y: top + hang - trayHead,
        width,
        height: trayHead + (rows - 1) * rowPitch(metrics, block.kind) + metrics.card.height + 20,
      };
      break;
    }
    case 'annex':
      break;
  }
  block.slots.forEach((id, index) => {
    if (id === null) return;
    const row = Math.floor(index / block.columns);
    geometry.slotOf.set(id, { block, row });
    placeCard(arrangement, geometry, id, {
      x: left + (index % block.columns) * metrics.pitch + (metrics.pitch - metrics.card.width) / 2,
      y: top + hang + row * rowPitch(metrics, block.kind),
    });
  });
}

function placeCard(arrangement: Arrangement, geometry: Geometry, id: string, at: { x: number; y: number }): void {
  const { metrics } = arrangement;
  const card = arrangement.node.get(id);
  if (card?.kind !== 'container') return;
  const height = metrics.card.height + (card.sharers.length > 0 ? metrics.sharer : 0);
  geometry.boxes[id] = { ...at, width: metrics.card.width, height };
  const [home, ...others] = arrangement.legsOf.get(id) ?? [];
  const middle = at.x + metrics.card.width / 2;
  const plug = (leg: string, x: number, y: number, most: number) => {
    const node = arrangement.node.get(leg);
    if (!node) return;
    const width = Math.min(most, plugWidth(node, metrics));
    geometry.boxes[leg] = { x: x - width / 2, y: y - metrics.plug.height / 2, width, height: metrics.plug.height };
  };
  if (home) plug(home.from, middle, at.y, metrics.card.width - 8);
  const share = (metrics.card.width - 4) / Math.max(1, others.length);
  others.forEach((leg, index) => {
    // Below the card and not across its edge: its last line of text reaches down there.
    plug(leg.from, at.x + 2 + share * (index + 0.5), at.y + height + metrics.plug.height / 2, share - 4);
  });
}

/** A network's ports under each other from the bar's middle down, their words beside them. */
function placePorts(arrangement: Arrangement, geometry: Geometry, block: PlanBlock): void {
  const ports = arrangement.portsOf.get(block.id) ?? [];
  if (ports.length === 0) return;
  const { metrics } = arrangement;
  const { left, top } = blockSpan(arrangement, geometry, block);
  const columns = gutterColumns(arrangement, block.id);
  // The words end where the bar begins; the ports stand at the gutter's left, on the host's edge.
  const gutterLeft = left - block.gutter * metrics.unit;
  const start = gutterLeft;
  const notes = ports.filter((port) => port.note !== null).length;
  const end = geometry.tops[block.shelf + 1] ?? geometry.bottom;
  const tight = end - top - 8 < portsHeight(arrangement, block.id);
  const note = tight ? pill.tightNote : pill.note;
  const room = (end - top - notes * note - 6) / ports.length;
  const pitch = tight ? Math.min(pill.portPitch, Math.max(room, pill.tightPitch)) : pill.portPitch;
  const height = Math.min(pill.port, pitch - 2);
  let middle = top + metrics.bar / 2;
  for (const port of ports) {
    geometry.boxes[port.id] = {
      x: start + columns.port,
      y: middle - height / 2,
      width: columns.portWidth,
      height,
    };
    const chip = arrangement.chipOf.get(port.id);
    const words = left - 26 - (start + columns.chip);
    // A gutter that was made before its network had ports may be too narrow for words: then the line goes without.
    if (chip && words >= 40) {
      geometry.boxes[chip.id] = {
        x: start + columns.chip,
        y: middle - pill.chip / 2,
        width: Math.min(chipWidth(chip), words),
        height: pill.chip,
      };
    }
    middle += pitch + (port.note === null ? 0 : note);
  }
}

/** Ports whose network is not known stand on the host's edge below all others: they are published all the same. */
function placeLoosePorts(arrangement: Arrangement, geometry: Geometry): void {
  for (const port of arrangement.loosePorts) {
    geometry.boxes[port.id] = {
      x: geometry.x0 + 28,
      y: geometry.bottom - pill.port / 2,
      width: portWidth(port),
      height: pill.port,
    };
    geometry.bottom += pill.portPitch + (port.note === null ? 0 : pill.note);
  }
}
