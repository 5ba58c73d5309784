import type { LayoutPlan, PlanBlock } from '../layout.ts';
import { type Arrangement, gutterUnits, portsHeight } from './arrangement.ts';
import { frame } from './metrics.ts';
import { addBlock, firstPlace, type Packing, type Place, rowsOf, taken } from './packShelves.ts';
import { blockRows, perColumn, shelfHeight, stackRows } from './shelfSize.ts';
import { type Wish, wishes } from './wishes.ts';

/**
 * The plan of a changed graph in which no container that stays moves: what is gone leaves a gap, what is new takes the first gap of its network,
 * else a new column at the right where nothing stands, else a new row where the shelf has one, else an annex at the end. The bars of unused
 * networks hold no container: they are set anew behind all others each time, and a shelf that holds nothing any more goes.
 */
export function continuePlan(arrangement: Arrangement, previous: LayoutPlan, aspect: number): LayoutPlan {
  const list = wishes(arrangement);
  const wish = new Map(list.map((each) => [each.id, each]));
  const stacks = previous.blocks.filter((block) => block.kind === 'stack');
  const blocks = previous.blocks.flatMap((block) => (block.kind === 'stack' ? [] : keep(arrangement, block, wish)));
  if (sameCards(stacks, wish.get('stack'))) blocks.push(...stacks.map((block) => ({ ...block })));
  const plan: LayoutPlan = { ...previous, shelves: previous.shelves.map((shelf) => ({ ...shelf })), blocks };
  dropEmptyShelves(plan);
  const packing = { arrangement, plan, aspect };
  for (const each of list) {
    if (each.kind === 'stack' && each.cards.length === 0) continue;
    const blocks = plan.blocks.filter((block) => block.id === each.id);
    const main = blocks[0];
    if (!main) addBlock(packing, each, placeNew(packing, each));
    else {
      const present = new Set(blocks.flatMap((block) => block.slots));
      for (const card of each.cards) if (!present.has(card)) insert(packing, each, card);
      growForPorts(packing, main, each);
    }
  }
  return plan;
}

/** The block with gaps where something went. A network that lost its last card keeps its bar; one that is gone leaves with it. */
function keep(arrangement: Arrangement, block: PlanBlock, wish: Map<string, Wish>): PlanBlock[] {
  const wanted = wish.get(block.id);
  const inStack = wish.get('stack')?.cards.includes(block.id) ?? false;
  if (!wanted && !(block.kind === 'network' && inStack)) return [];
  if (inStack && wanted === undefined) {
    const stack = wish.get('stack');
    // It keeps its own bar, so the stack must not show it a second time.
    if (stack) stack.cards = stack.cards.filter((id) => id !== block.id);
    if (stack && stack.cards.length === 0) wish.delete('stack');
    return [{ ...block, slots: block.slots.map(() => null) }];
  }
  const cards = new Set(wanted?.cards);
  return [
    {
      ...block,
      slots: block.slots.map((id) => (id !== null && cards.has(id) && arrangement.node.has(id) ? id : null)),
    },
  ];
}

function sameCards(stacks: readonly PlanBlock[], wish: Wish | undefined): boolean {
  const before = stacks.flatMap((block) => block.slots.filter((id) => id !== null));
  return wish !== undefined && before.length === wish.cards.length && wish.cards.every((id) => before.includes(id));
}

function dropEmptyShelves(plan: LayoutPlan): void {
  const used = plan.shelves.map((_, shelf) => plan.blocks.some((block) => block.shelf === shelf));
  for (const block of plan.blocks) block.shelf = used.slice(0, block.shelf).filter(Boolean).length;
  plan.shelves = plan.shelves.filter((_, shelf) => used[shelf]);
}

/** As far right as a new block may end, so that the picture grows in both directions and stays near its aspect. */
function growthLimit({ arrangement, plan, aspect }: Packing & { aspect: number }): number {
  const height =
    plan.shelves.reduce((sum, shelf) => sum + shelfHeight(arrangement, shelf), 0) + arrangement.metrics.shelf;
  const beside = frame.outside.width + frame.outside.channel + 120;
  return Math.max(plan.width, Math.floor((height * aspect - beside) / arrangement.metrics.unit));
}

function placeNew(packing: Packing & { aspect: number }, wish: Wish): Place & { columns: number } {
  const { arrangement, plan } = packing;
  const most = Math.max(2, Math.floor((plan.width - plan.left) / perColumn));
  const columns =
    wish.kind === 'stack'
      ? wish.least * Math.ceil(wish.cards.length / stackRows(arrangement))
      : Math.min(most, Math.max(wish.least, wish.cards.length));
  const found = firstPlace(packing, wish, { columns, limit: growthLimit(packing) });
  const shelf = plan.shelves[found.shelf];
  if (!shelf) return { ...found, columns };
  // A block that is taller than its shelf, or has a bar where there were none, would push down what is there.
  const rows = Math.max(shelf.rows, rowsOf(packing, wish, columns));
  const ports = Math.max(shelf.ports, wish.ports);
  const taller = { rows, ports, extra: Math.max(shelf.extra, wish.extra), bare: shelf.bare && wish.kind === 'tray' };
  const below = plan.blocks.some((block) => block.shelf > found.shelf);
  const beside = plan.blocks.some((block) => block.shelf === found.shelf);
  const grows = shelfHeight(arrangement, taller) > shelfHeight(arrangement, shelf);
  const pushes = (below && grows) || (beside && taller.bare !== shelf.bare);
  const fresh = { shelf: plan.shelves.length, unit: plan.left, gutter: plan.left };
  return { ...(pushes ? fresh : found), columns };
}

function insert(packing: Packing, wish: Wish, card: string): void {
  const { arrangement, plan } = packing;
  const blocks = plan.blocks.filter((block) => block.id === wish.id);
  for (const block of blocks) {
    const gap = block.slots.indexOf(null);
    if (gap >= 0) {
      block.slots[gap] = card;
      return;
    }
  }
  for (const block of blocks) {
    if (block.kind === 'stack' ? growStack(packing, block, card) : grow(packing, block, card)) return;
  }
  const gutter = wish.kind === 'network' ? 1 : gutterUnits(arrangement, wish.id);
  const annex: Wish = {
    ...wish,
    kind: wish.kind === 'network' ? 'annex' : wish.kind,
    gutter,
    cards: [card],
    ports: 0,
    extra: 0,
    atLeft: false,
    least: 2,
  };
  // A second stack or tray is a block like the first; only a network's further block has no bar.
  addBlock(packing, annex, {
    shelf: plan.shelves.length,
    unit: plan.left,
    gutter: plan.left,
    columns: Math.max(2, Math.floor((plan.width - plan.left) / perColumn)),
  });
}

function grow({ arrangement, plan }: Packing, block: PlanBlock, card: string): boolean {
  const shelf = plan.shelves[block.shelf];
  if (!shelf) return false;
  if (block.slots.length < block.columns * blockRows(arrangement.metrics, block.kind, shelf.rows)) {
    block.slots.push(card);
    return true;
  }
  const end = block.unit + block.columns * perColumn;
  const free = taken(plan, block.shelf).every(([from]) => from < end || from >= end + perColumn);
  if (free) {
    const rows = Math.max(1, Math.ceil(block.slots.length / block.columns));
    const wider: (string | null)[] = [];
    for (let row = 0; row < rows; row += 1) {
      wider.push(...block.slots.slice(row * block.columns, (row + 1) * block.columns), row === 0 ? card : null);
    }
    block.slots = wider;
    block.columns += 1;
    plan.width = Math.max(plan.width, end + perColumn);
    return true;
  }
  if (block.shelf !== plan.shelves.length - 1) return false;
  shelf.rows += 1;
  block.slots.push(card);
  return true;
}

function growStack({ arrangement, plan }: Packing, block: PlanBlock, id: string): boolean {
  const full = block.slots.length % stackRows(arrangement) === 0;
  if (full) {
    const end = block.unit + block.columns * perColumn;
    if (!taken(plan, block.shelf).every(([from]) => from < end || from >= end + 2 * perColumn)) return false;
    block.columns += 2;
    plan.width = Math.max(plan.width, block.unit + block.columns * perColumn);
  }
  block.slots.push(id);
  return true;
}

/** Ports are set closer before a shelf grows: only where they would lie on each other does it. */
function growForPorts({ arrangement, plan }: Packing, block: PlanBlock, wish: Wish): void {
  const shelf = plan.shelves[block.shelf];
  if (!shelf) return;
  const least = portsHeight(arrangement, wish.id, true);
  if (least > shelfHeight(arrangement, shelf)) shelf.ports = Math.max(shelf.ports, least);
}
