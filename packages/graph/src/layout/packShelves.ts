import type { LayoutPlan } from '../layout.ts';
import type { Arrangement } from './arrangement.ts';
import { panelColumn } from './metrics.ts';
import { perColumn, shelfRows, stackRows } from './shelfSize.ts';
import type { Wish } from './wishes.ts';

/** A plan that is being filled. */
export interface Packing {
  arrangement: Arrangement;
  plan: LayoutPlan;
}

/** Where a block is put. Units as in the plan. */
export interface Place {
  shelf: number;
  unit: number;
  gutter: number;
}

/** What a block may take: its columns, and the unit at which shelves end. */
export interface Room {
  columns: number;
  limit: number;
}

/** Blocks in shelves of `units` behind the left gutter, each in the first gap that takes it. */
export function pack(arrangement: Arrangement, list: Wish[], units: number): LayoutPlan {
  const left = leftUnits(arrangement, list);
  const limit = left + units;
  const plan: LayoutPlan = { lens: arrangement.graph.lens, left, width: left, shelves: [], blocks: [] };
  const packing = { arrangement, plan };
  const trays = list.filter((wish) => wish.kind === 'tray');
  const together = (wish: Wish) => wish === trays[0] && placeTraysTogether(packing, trays, limit);
  let traysDone = false;
  for (const wish of list) {
    traysDone ||= together(wish);
    if (wish.kind === 'tray' && traysDone) continue;
    const room = { columns: blockColumns(arrangement, wish, Math.floor(units / perColumn)), limit };
    const place = besidePartner(packing, wish, room) ?? firstPlace(packing, wish, room);
    addBlock(packing, wish, { ...place, columns: room.columns });
  }
  return plan;
}

/** Trays say the same kind of thing: side by side in one gap, where one takes them all. */
function placeTraysTogether(packing: Packing, trays: Wish[], limit: number): boolean {
  const [first] = trays;
  if (!first || trays.some((tray) => tray.cards.length > 4)) return false;
  const cards = trays.reduce((sum, tray) => sum + Math.max(tray.cards.length, 1), 0);
  // Their gutters count as columns here: a quarter of one each, rounded up.
  const columns = cards + Math.ceil((trays.length - 1) / perColumn);
  const place = firstPlace(packing, { ...first, cards: [] }, { columns, limit });
  let unit = place.unit;
  for (const tray of trays) {
    const own = Math.max(tray.cards.length, 1);
    const gutter = tray === first ? place.gutter : tray.gutter;
    addBlock(packing, tray, { shelf: place.shelf, unit, gutter, columns: own });
    unit += own * perColumn + tray.gutter;
  }
  return true;
}

/** The left gutter holds the ports of whatever comes first in a shelf: as wide as any needs it, so that bars begin at one x. */
function leftUnits(arrangement: Arrangement, list: Wish[]): number {
  if (arrangement.panels.length > 0) {
    return Math.ceil((panelColumn.left + panelColumn.width + panelColumn.channel) / arrangement.metrics.unit);
  }
  // In the Docker lens it has room for a port and its DNAT before there is one: the first `-p` then moves nothing.
  const usual = arrangement.graph.lens === 'docker' && arrangement.networks.length > 0 ? 7 : 2;
  return Math.max(usual, ...list.map((wish) => wish.gutter));
}

function blockColumns(arrangement: Arrangement, wish: Wish, most: number): number {
  if (wish.kind === 'stack') return wish.least * Math.ceil(wish.cards.length / stackRows(arrangement));
  const rows = Math.ceil(wish.cards.length / Math.max(most, 1));
  // Folded rows are filled evenly, so that the last one does not hang on with a single card.
  const even = rows <= 1 ? wish.cards.length : Math.ceil(wish.cards.length / rows);
  return Math.min(most, Math.max(wish.least, even));
}

/** What is taken of a shelf, gutters included, from the left. */
export function taken(plan: LayoutPlan, shelf: number): [number, number][] {
  const spans: [number, number][] = [];
  for (const block of plan.blocks) {
    if (block.shelf === shelf) spans.push([block.unit - block.gutter, block.unit + block.columns * perColumn]);
  }
  return spans.sort((a, b) => a[0] - b[0]);
}

/** The first gap of a shelf, from the left, in which the block fits. */
function gapIn({ plan }: Packing, shelf: number, wish: Wish, room: Room): Place | null {
  const spans = taken(plan, shelf);
  for (const start of [0, ...spans.map(([, end]) => end)]) {
    const gutter = start === 0 ? plan.left : wish.gutter;
    const unit = start + gutter;
    const end = unit + room.columns * perColumn;
    if (wish.atLeft && start !== 0) return null;
    const free = spans.every(([a, b]) => end <= a || start >= b);
    if (free && (end <= room.limit || spans.length === 0)) return { shelf, unit, gutter };
  }
  return null;
}

export function firstPlace(packing: Packing, wish: Wish, room: Room): Place {
  const { plan } = packing;
  const rows = rowsOf(packing, wish, room.columns);
  for (let shelf = 0; shelf < plan.shelves.length; shelf += 1) {
    const present = plan.shelves[shelf];
    // A block of many rows would stretch a shelf of few, and one of few leave a void beside many.
    if (!present || (rows > present.rows && rows > 1) || (rows === 1 && present.rows > 3)) continue;
    const place = gapIn(packing, shelf, wish, room);
    if (place) return place;
  }
  return { shelf: plan.shelves.length, unit: plan.left, gutter: plan.left };
}

/** The shelf below the network that it shares a container with, under that container: then the container stands between their bars. */
function besidePartner(packing: Packing, wish: Wish, room: Room): Place | null {
  const { arrangement, plan } = packing;
  for (const block of plan.blocks) {
    if (block.kind !== 'network' || !arrangement.joined.get(block.id)?.has(wish.id)) continue;
    const shared = block.slots.findIndex((card) => card !== null && joins(arrangement, card, wish.id));
    if (shared < 0) continue;
    const centre = block.unit + (shared % block.columns) * perColumn + perColumn / 2;
    const width = room.columns * perColumn;
    const shelf = block.shelf + 1;
    if (shelf < plan.shelves.length) {
      const place = gapIn(packing, shelf, wish, room);
      if (place && place.unit < centre && centre < place.unit + width) return place;
      continue;
    }
    for (const unit of [plan.left, Math.max(plan.left, Math.min(block.unit, room.limit - width))]) {
      if (unit < centre && centre < unit + width)
        return { shelf, unit, gutter: unit === plan.left ? plan.left : wish.gutter };
    }
  }
  return null;
}

function joins(arrangement: Arrangement, card: string, network: string): boolean {
  return (arrangement.legsOf.get(card) ?? []).some(
    (edge) => edge.to === network || arrangement.node.get(edge.to)?.parent === network,
  );
}

/** Rows of a shelf that the block takes. */
export function rowsOf({ arrangement }: Packing, wish: Pick<Wish, 'kind' | 'cards'>, columns: number): number {
  if (wish.kind === 'stack') return 1;
  return shelfRows(arrangement.metrics, wish.kind, Math.ceil(wish.cards.length / columns));
}

export function addBlock(packing: Packing, wish: Wish, place: Place & { columns: number }): void {
  const { plan } = packing;
  const { shelf, unit, gutter, columns } = place;
  plan.blocks.push({
    id: wish.id,
    kind: wish.kind,
    shelf,
    unit,
    gutter,
    columns,
    reach: false,
    slots: [...wish.cards],
  });
  const rows = rowsOf(packing, wish, columns);
  const bare = wish.kind === 'tray';
  const present = plan.shelves[shelf];
  if (present) {
    present.rows = Math.max(present.rows, rows);
    present.ports = Math.max(present.ports, wish.ports);
    present.extra = Math.max(present.extra, wish.extra);
    present.bare &&= bare;
  } else plan.shelves[shelf] = { rows, ports: wish.ports, extra: wish.extra, bare };
  plan.width = Math.max(plan.width, unit + columns * perColumn);
}
