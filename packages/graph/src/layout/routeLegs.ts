import type { GraphEdge } from '../graph.ts';
import type { Box, EdgeRoute, LayoutPlan, Point } from '../layout.ts';
import { type Arrangement, networkOf } from './arrangement.ts';
import { Lanes } from './lanes.ts';
import type { Geometry } from './placeBlocks.ts';
import { blockSpan } from './placeBlocks.ts';

/** A leg's way from its plug to its network's bar. The home's leg goes up, the others leave at the card's bottom. */
export function routeLegs(
  arrangement: Arrangement,
  plan: LayoutPlan,
  geometry: Geometry,
): { routes: Record<string, EdgeRoute>; right: number } {
  const router = new LegRouter(arrangement, plan, geometry);
  const routes: Record<string, EdgeRoute> = {};
  // Straight lines first: the others find their way around them.
  const winding: [string, GraphEdge][] = [];
  for (const [card, legs] of arrangement.legsOf) {
    legs.forEach((leg, index) => {
      const route = index === 0 ? router.homeLeg(card, leg) : router.straightLeg(leg);
      if (route) routes[leg.id] = route;
      else if (index > 0) winding.push([card, leg]);
    });
  }
  for (const [card, leg] of winding) {
    const route = router.windingLeg(card, leg);
    if (route) routes[leg.id] = route;
  }
  return { routes, right: router.right };
}

/** Lanes above a bar, from the bar upwards. The one at 24 belongs to the lines from the host's links; ports on a bar's edge need the lowest. */
const laneOffsets = { flat: [9, 15, 31, 37, 43], ported: [30, 36, 42, 48, 54] };

/** How much higher than the bar's edge a port on it stands. */
const topPortRise = 8;

class LegRouter {
  private readonly lanes = new Lanes();
  private readonly obstacles: Box[][];
  /** Where on a bar's upper edge lines already end. */
  private readonly tops = new Map<string, number[]>();
  right: number;

  constructor(
    private readonly arrangement: Arrangement,
    private readonly plan: LayoutPlan,
    private readonly geometry: Geometry,
  ) {
    this.right = geometry.right;
    this.obstacles = geometry.tops.map(() => []);
    for (const block of plan.blocks) {
      const boxes = this.obstacles[block.shelf];
      const bar = geometry.boxes[block.id];
      if (bar) boxes?.push(bar);
      for (const slot of block.slots) {
        const box = slot === null ? undefined : geometry.boxes[slot];
        if (box) boxes?.push(box);
      }
      for (const port of arrangement.portsOf.get(block.id) ?? []) {
        const chip = arrangement.chipOf.get(port.id);
        for (const id of [port.id, chip?.id]) {
          const box = id === undefined ? undefined : geometry.boxes[id];
          if (box) boxes?.push(box);
        }
      }
    }
  }

  homeLeg(card: string, leg: GraphEdge): EdgeRoute | null {
    const { metrics } = this.arrangement;
    const plug = this.geometry.boxes[leg.from];
    const slot = this.geometry.slotOf.get(card);
    const bar = this.geometry.boxes[networkOf(this.arrangement, leg)];
    if (!plug || !slot || !bar) return null;
    const x = plug.x + plug.width / 2;
    if (slot.block.kind === 'annex') return this.annexLeg(leg, plug);
    if (slot.row === 0) {
      const port = this.putPort(leg, x, bar.y + bar.height);
      const y = bar.y + bar.height + port / 2;
      return {
        points: [
          { x, y: plug.y },
          { x, y },
        ],
        label: { x: x + 8, y: Math.round((plug.y + y) / 2) },
      };
    }
    const rail = plug.y + plug.height / 2 - metrics.rail;
    const spine = bar.x + 8;
    this.putPort(leg, x, rail);
    return {
      points: [
        { x, y: plug.y },
        { x, y: rail },
        { x: spine, y: rail },
        { x: spine, y: bar.y + bar.height },
      ],
      label: { x: x + 8, y: Math.round((plug.y + rail) / 2) + 1 },
    };
  }

  /** In the Linux lens a cable ends at the bridge's port: it stands where the line meets the bar or, in a folded row, the rail. Its height. */
  private putPort(leg: GraphEdge, x: number, y: number, width = this.arrangement.metrics.plug.width): number {
    if (this.arrangement.node.get(leg.to)?.kind !== 'plug') return 0;
    const { height } = this.arrangement.metrics.plug;
    this.geometry.boxes[leg.to] = { x: x - width / 2, y: y - height / 2, width, height };
    return height;
  }

  /** The row of an annex hangs on the track at the right, which comes from the network's bar. */
  private annexLeg(leg: GraphEdge, plug: Box): EdgeRoute | null {
    const x = plug.x + plug.width / 2;
    const network = networkOf(this.arrangement, leg);
    const bar = this.geometry.boxes[network];
    if (!bar) return null;
    const rail = plug.y + plug.height / 2 - this.arrangement.metrics.rail;
    this.putPort(leg, x, rail);
    const entry = this.rightEntry(network, bar, null);
    return {
      points: [{ x, y: plug.y }, { x, y: rail }, { x: this.track('right', network), y: rail }, ...entry],
      label: { x: x + 8, y: Math.round((plug.y + rail) / 2) + 1 },
    };
  }

  /** From the track at the right into a bar: at its end where that is free and no port must stand there, else from the lane above it. */
  private rightEntry(network: string, bar: Box, leg: GraphEdge | null): Point[] {
    const track = this.track('right', network);
    const end = bar.x + bar.width;
    const middle = bar.y + bar.height / 2;
    const { bar: height } = this.arrangement.metrics;
    if (height < 40 && this.isOpenRight(bar))
      return [
        { x: track, y: middle },
        { x: end, y: middle },
      ];
    const lane = this.lane(this.shelfAt(bar.y), 0, network);
    const width = this.portWidth(network);
    let x = height < 40 ? end - 14 : end - width / 2 - 12;
    while (!this.isTopFree(network, x) && x > bar.x + width / 2 + 4) x -= 4;
    const port = leg === null ? 0 : this.putTopPort(leg, network, x, bar.y);
    return [
      { x: track, y: lane },
      { x, y: lane },
      { x, y: bar.y - port / 2 },
    ];
  }

  /** Down from a card to the bar right below it: the container stands between two networks. */
  straightLeg(leg: GraphEdge): EdgeRoute | null {
    const plug = this.geometry.boxes[leg.from];
    const network = networkOf(this.arrangement, leg);
    const bar = this.geometry.boxes[network];
    if (!plug || !bar) return null;
    const start: Point = { x: plug.x + plug.width / 2, y: plug.y + plug.height };
    if (bar.y <= start.y || !this.reaches(bar, start.x) || !this.isClear(start.x, start.y, bar.y)) return null;
    if (!this.isTopFree(network, start.x)) return null;
    const end = { x: start.x, y: bar.y - this.putTopPort(leg, network, start.x, bar.y) / 2 };
    return { points: [start, end], label: { x: start.x + 8, y: Math.round((start.y + end.y) / 2) } };
  }

  private reaches(bar: Box, x: number): boolean {
    const { width } = this.arrangement.metrics.plug;
    const margin = this.arrangement.metrics.bar < 40 ? 8 : width / 2;
    return x > bar.x + margin && x < bar.x + bar.width - margin;
  }

  /** A port on the upper edge is narrower where many must stand there. */
  private portWidth(network: string): number {
    const bar = this.geometry.boxes[network];
    const many = this.arrangement.joining.get(network) ?? 0;
    const share = bar && many > 0 ? Math.floor((bar.width - 24) / many / 1.5) - 6 : Number.POSITIVE_INFINITY;
    return Math.max(14, Math.min(this.arrangement.metrics.plug.width, share));
  }

  /** Ports on the upper edge of a bar need their width; where lines end without one, they may lie close. */
  private isTopFree(network: string, x: number): boolean {
    if (this.arrangement.metrics.bar < 40) return true;
    return (this.tops.get(network) ?? []).every((other) => Math.abs(other - x) >= this.portWidth(network) + 6);
  }

  private putTopPort(leg: GraphEdge, network: string, x: number, y: number): number {
    this.tops.set(network, [...(this.tops.get(network) ?? []), x]);
    // Half a port above the edge, as at the bottom, would lie on the bar's first line of words.
    return this.putPort(leg, x, y - topPortRise, this.portWidth(network)) === 0
      ? 0
      : this.arrangement.metrics.plug.height + 2 * topPortRise;
  }

  /** Around other things: below its own row to the next gap, else along the track at the right. */
  windingLeg(card: string, leg: GraphEdge): EdgeRoute | null {
    const plug = this.geometry.boxes[leg.from];
    const slot = this.geometry.slotOf.get(card);
    const network = networkOf(this.arrangement, leg);
    const bar = this.geometry.boxes[network];
    if (!plug || !slot || !bar) return null;
    const start: Point = { x: plug.x + plug.width / 2, y: plug.y + plug.height };
    const label = { x: start.x + 8, y: start.y + 9 };
    const below = bar.y > start.y;
    const exit = this.lane(slot.block.shelf, slot.row + 1, network);
    for (const x of this.gapsNear(start.x, slot.block.shelf)) {
      if (below && this.reaches(bar, x) && this.isTopFree(network, x) && this.isClear(x, exit, bar.y)) {
        const port = this.putTopPort(leg, network, x, bar.y);
        return { points: [start, { x: start.x, y: exit }, { x, y: exit }, { x, y: bar.y - port / 2 }], label };
      }
    }
    const track = this.track('right', network);
    return {
      points: [start, { x: start.x, y: exit }, { x: track, y: exit }, ...this.rightEntry(network, bar, leg)],
      label,
    };
  }

  private isOpenRight(bar: Box): boolean {
    const shelf = this.obstacles[this.shelfAt(bar.y)] ?? [];
    const middle = bar.y + bar.height / 2;
    return shelf.every(
      (box) => box === bar || box.x < bar.x + bar.width || box.y > middle || box.y + box.height < middle,
    );
  }

  private shelfAt(y: number): number {
    let shelf = 0;
    while (shelf + 1 < this.geometry.tops.length && (this.geometry.tops[shelf + 1] ?? 0) <= y) shelf += 1;
    return shelf;
  }

  /** No card, bar or pill stands on the vertical x between the two heights, with room to breathe. */
  private isClear(x: number, from: number, to: number): boolean {
    for (let shelf = this.shelfAt(from); shelf <= this.shelfAt(to - 1); shelf += 1) {
      for (const box of this.obstacles[shelf] ?? []) {
        if (box.x - 5 < x && x < box.x + box.width + 5 && box.y + box.height > from && box.y < to) return false;
      }
    }
    return true;
  }

  /** The gaps between the columns of cards, from the nearest outwards. */
  private gapsNear(x: number, shelf: number): number[] {
    const { metrics } = this.arrangement;
    const gaps = new Set<number>();
    for (const block of this.plan.blocks) {
      if (block.shelf < shelf) continue;
      const { left } = blockSpan(this.arrangement, this.geometry, block);
      for (let column = 0; column <= block.columns; column += 1) {
        const gap = left + column * metrics.pitch;
        if (Math.abs(gap - x) < 4 * metrics.pitch) gaps.add(gap);
      }
    }
    return [...gaps].sort((a, b) => Math.abs(a - x) - Math.abs(b - x) || a - b).slice(0, 8);
  }

  /** The lane of a network in the channel above a row (0: above the shelf's bars), shared by all its lines there. */
  private lane(shelf: number, row: number, network: string): number {
    const { metrics } = this.arrangement;
    const top = this.geometry.tops[shelf] ?? 0;
    const rows = this.plan.shelves[shelf]?.rows ?? 1;
    if (row === 0 || row >= rows) {
      // Between the last cards of a shelf and the next bars: from below upwards for what goes down into them, so the two never meet.
      const bar = row === 0 ? top : (this.geometry.tops[shelf + 1] ?? this.geometry.bottom);
      const order = this.lanes.order(`channel:${row === 0 ? shelf : shelf + 1}`, network);
      const offsets = metrics.bar < 40 ? laneOffsets.flat : laneOffsets.ported;
      return bar - (offsets[Math.min(order, offsets.length - 1)] ?? 0);
    }
    const order = this.lanes.order(`row:${shelf}/${row}`, network);
    const port = metrics.bar < 40 ? 0 : metrics.plug.height / 2;
    return top + metrics.hang + row * metrics.fold - metrics.rail - port - 8 - Math.min(order, 3) * 6;
  }

  private track(side: 'right', network: string): number {
    const x = this.geometry.right + 14 + this.lanes.order(side, network) * 8;
    this.right = Math.max(this.right, x);
    return x;
  }
}
