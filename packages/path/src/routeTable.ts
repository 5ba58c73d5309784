import type { Route } from '@vethscope/model';
import { bitsOf, type IpNumber, ipRange } from './ipNumber.ts';

/** The same few addresses are asked for again and again. Bounded, so that no number of questions makes it grow without end. */
const mostRemembered = 4096;

/** One routing table of one family, asked by longest prefix. */
export class RouteTable {
  private readonly byLength = new Map<number, Map<bigint, Route[]>>();
  private lengths: number[] | null = null;
  private readonly found = new Map<bigint, readonly Route[]>();

  add(route: Route): void {
    const range = ipRange(route.destination);
    if (range === null) return;
    const networks = this.byLength.get(range.length) ?? new Map<bigint, Route[]>();
    this.byLength.set(range.length, networks);
    const routes = networks.get(range.low);
    if (routes === undefined) networks.set(range.low, [route]);
    else routes.push(route);
    this.lengths = null;
    this.found.clear();
  }

  /** Every route whose prefix holds the address: the longest prefix first, then the least metric. */
  matching(address: IpNumber): readonly Route[] {
    const known = this.found.get(address.value);
    if (known !== undefined) return known;
    if (this.found.size >= mostRemembered) this.found.clear();
    const routes = [...this.search(address)];
    this.found.set(address.value, routes);
    return routes;
  }

  private *search(address: IpNumber): Generator<Route> {
    this.lengths ??= [...this.byLength.keys()].sort((a, b) => b - a);
    const bits = bitsOf(address.family);
    for (const length of this.lengths) {
      const size = 1n << BigInt(bits - length);
      const routes = this.byLength.get(length)?.get((address.value / size) * size);
      if (routes === undefined) continue;
      if (routes.length > 1) yield* [...routes].sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
      else yield* routes;
    }
  }
}
