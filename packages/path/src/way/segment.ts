import type { Link } from '@vethscope/model';
import type { World } from '../world.ts';

/** The links that a frame out of a link can come to, and whether it can leave what is known. */
export interface Segment {
  members: Set<Link>;
  outside: boolean;
}

const segments = new WeakMap<World, Map<string, Segment>>();

/** What transmitting on a link reaches, over veth pairs, bridges, and siblings on one parent [P7]. */
export function segmentOf(world: World, link: Link): Segment {
  const known = segments.get(world) ?? new Map<string, Segment>();
  segments.set(world, known);
  const found = known.get(link.id);
  if (found !== undefined) return found;
  const segment: Segment = { members: new Set(), outside: false };
  const visited = new Set<string>();
  egress(link);
  segment.members.delete(link);
  known.set(link.id, segment);
  return segment;

  function egress(from: Link): void {
    if (visited.has(`out ${from.id}`)) return;
    visited.add(`out ${from.id}`);
    switch (from.kind) {
      case 'veth': {
        const peer = world.link(from.peer.link);
        if (peer === null) segment.outside = true;
        else ingress(peer);
        return;
      }
      case 'bridge':
        for (const port of world.ports.get(from.id) ?? []) egress(port);
        return;
      case 'macvlan':
      case 'ipvlan': {
        const parent = world.link(from.parent.link);
        for (const sibling of parent === null ? [] : (world.children.get(parent.id) ?? [])) {
          if (sibling !== from && sharesParent(from, sibling)) segment.members.add(sibling);
        }
        if (parent === null) segment.outside = true;
        else egress(parent);
        return;
      }
      case 'loopback':
      case 'dummy':
        return;
      case 'device':
      case 'vxlan':
      case 'vlan':
      case 'bond':
      case 'tun':
      case 'wireguard':
      case 'other':
        segment.outside = true;
        return;
      default: {
        from satisfies never;
      }
    }
  }

  function ingress(at: Link): void {
    const master = world.link(at.master);
    if (master?.kind === 'bridge') {
      if (visited.has(`in ${master.id}`)) return;
      visited.add(`in ${master.id}`);
      segment.members.add(master);
      for (const port of world.ports.get(master.id) ?? []) if (port !== at) egress(port);
      return;
    }
    segment.members.add(at);
    for (const child of world.children.get(at.id) ?? []) {
      if (child.kind === 'macvlan' || child.kind === 'ipvlan') segment.members.add(child);
    }
  }
}

/** Whether two links on one parent reach each other without the outside. Source: kernel macvlan.c macvlan_queue_xmit, ipvlan_core.c. */
function sharesParent(a: Link, b: Link): boolean {
  if (a.kind === 'macvlan' && b.kind === 'macvlan') return a.mode === 'bridge' && b.mode === 'bridge';
  return a.kind === 'ipvlan' && b.kind === 'ipvlan' && a.flag !== 'private' && a.flag !== 'vepa';
}
