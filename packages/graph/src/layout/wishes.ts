import type { PlanBlock } from '../layout.ts';
import { type Arrangement, gutterUnits, labelColumns, portsHeight } from './arrangement.ts';

/** What a block asks for, before it has a place. */
export interface Wish {
  id: string;
  kind: PlanBlock['kind'];
  gutter: number;
  least: number;
  cards: string[];
  ports: number;
  extra: number;
  /** Its line leads out of the host, so it stands at the left. */
  atLeft: boolean;
}

export function wishes(arrangement: Arrangement): Wish[] {
  const { networks, trays, cardsOf } = arrangement;
  const used = networks.filter(
    (network) => cardsOf.has(network.id) || arrangement.portsOf.has(network.id) || isJoined(arrangement, network.id),
  );
  const list: Wish[] = inReadingOrder(
    arrangement,
    used.map((network) => network.id),
  ).map((id) => {
    const network = arrangement.node.get(id);
    return {
      id,
      kind: 'network',
      gutter: gutterUnits(arrangement, id),
      least: network?.kind === 'network' ? labelColumns(arrangement, network) : 2,
      cards: (cardsOf.get(id) ?? []).map((card) => card.id),
      ports: portsHeight(arrangement, id),
      extra: tallness(arrangement, id),
      atLeft: network?.kind === 'network' && network.shape !== 'bus',
    };
  });
  for (const tray of trays) {
    const cards = (cardsOf.get(tray.id) ?? []).map((card) => card.id);
    list.push({
      id: tray.id,
      kind: 'tray',
      gutter: 1,
      least: 1,
      cards,
      ports: 0,
      extra: tallness(arrangement, tray.id),
      atLeft: false,
    });
  }
  const empty = networks.filter((network) => !used.includes(network)).map((network) => network.id);
  if (empty.length > 0)
    list.push({ id: 'stack', kind: 'stack', gutter: 1, least: 2, cards: empty, ports: 0, extra: 0, atLeft: false });
  return list;
}

/** Room below a block's cards beyond the usual: for a line of sharers, and for plugs that hang under them. */
function tallness(arrangement: Arrangement, block: string): number {
  const linux = arrangement.graph.lens === 'linux';
  return Math.max(
    0,
    ...(arrangement.cardsOf.get(block) ?? []).map((card) => {
      const hanging = (arrangement.legsOf.get(card.id)?.length ?? 0) > 1;
      return (card.sharers.length > 0 ? 20 : 0) + (hanging && linux ? 40 : 0);
    }),
  );
}

function isJoined(arrangement: Arrangement, network: string): boolean {
  for (const others of arrangement.joined.values()) if (others.has(network)) return true;
  return false;
}

/** The networks' own order, except that those which share a container follow each other: their bars are then neighbours. */
function inReadingOrder(arrangement: Arrangement, networks: string[]): string[] {
  const left = new Set(networks);
  const order: string[] = [];
  const take = (id: string) => {
    if (!left.delete(id)) return;
    order.push(id);
    const others = arrangement.joined.get(id);
    if (others) for (const other of networks) if (others.has(other)) take(other);
  };
  for (const id of networks) take(id);
  return order;
}
