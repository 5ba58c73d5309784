import type { Link } from '@vethscope/model';
import type { World } from '../world.ts';
import type { FrameTarget } from './move.ts';
import { segmentOf } from './segment.ts';

/** The links that a frame may be for which comes in on a link from outside. */
function behind(world: World, link: Link): Link[] {
  const master = world.link(link.master);
  if (master?.kind !== 'bridge') {
    return [...(world.children.get(link.id) ?? []).filter(({ kind }) => kind === 'macvlan' || kind === 'ipvlan'), link];
  }
  const others = (world.ports.get(master.id) ?? []).filter((port) => port !== link);
  return [...others.flatMap((port) => [...segmentOf(world, port).members]), master];
}

/**
 * Where a packet from outside arrives: the link itself, or the port by which the outside lies on a bridge; and for whom its frame is: who has the
 * address on that segment, else this host, which will route it.
 */
export function entranceOf(world: World, link: Link, address: string): { link: Link; target: FrameTarget } {
  const port =
    link.kind === 'bridge' ? (world.ports.get(link.id) ?? []).find((one) => segmentOf(world, one).outside) : undefined;
  const entrance = port ?? link;
  const owning = new Set((world.owners.get(address) ?? []).map((own) => own.link));
  const owner = owning.size === 0 ? undefined : behind(world, entrance).find(({ id }) => owning.has(id));
  const own = entrance.master === null ? entrance : (world.link(entrance.master) ?? entrance);
  return { link: entrance, target: { kind: 'link', link: owner ?? own } };
}
