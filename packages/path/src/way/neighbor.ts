import type { Link } from '@vethscope/model';
import type { Namespace } from '../namespace.ts';
import { eitherSysctl } from '../reversePath.ts';
import type { Run } from '../run.ts';
import type { Said } from '../sentences/sentences.ts';
import type { World } from '../world.ts';
import type { FrameTarget } from './move.ts';
import { segmentOf } from './segment.ts';

export type NeighborAnswer =
  | { kind: 'found'; target: FrameTarget; mac: string | null; by: string }
  | { kind: 'nobody'; why: Said; macvlanParent: boolean };

/**
 * Who has an address on a link's segment [P8]: what the neighbour table says, else who would answer ARP or NDP. An address that nobody here has
 * is taken to be outside where the segment has an outside. Source: kernel arp.c arp_process, Documentation/networking/ip-sysctl.rst arp_ignore.
 */
export function resolveNeighbor(
  { world, say }: Run,
  namespace: Namespace,
  { link, address }: { link: Link; address: string },
): NeighborAnswer {
  const { members, outside } = segmentOf(world, link);
  const entry = namespace.neighbors.get(`${link.id} ${address}`);
  const owner = ownerAmong(world, members, address);
  if (owner !== null) {
    return { kind: 'found', target: { kind: 'link', link: owner }, mac: entry?.mac ?? owner.mac, by: owner.name };
  }
  const parent = link.kind === 'macvlan' || link.kind === 'ipvlan' ? world.link(link.parent.link) : null;
  const parentNamespace = parent === null ? null : world.namespaceOf(parent);
  if (parentNamespace !== null && parentNamespace !== namespace && parentNamespace.addresses.has(address)) {
    const at = namespace.sandbox;
    const why = say.why.parentUnseen({ link: link.name, at, kind: link.kind, parent: parent?.name ?? null });
    return { kind: 'nobody', why, macvlanParent: true };
  }
  const child = (world.children.get(link.id) ?? []).find((one) =>
    world
      .namespaceOf(one)
      ?.addresses.get(address)
      ?.some((own) => own.link === one.id),
  );
  if (child?.kind === 'macvlan' || child?.kind === 'ipvlan') {
    const there = world.namespaceOf(child)?.sandbox ?? null;
    const why = say.why.childUnseen(there, child.kind, link.name);
    return { kind: 'nobody', why, macvlanParent: true };
  }
  if (!outside) return { kind: 'nobody', why: say.why.nobodyHasIt(link.name, address), macvlanParent: false };
  const failed = entry !== undefined && (entry.state === 'failed' || entry.state === 'incomplete');
  if (failed) {
    return { kind: 'nobody', why: say.why.neighborFailed(address, link.name), macvlanParent: false };
  }
  return { kind: 'found', target: { kind: 'outside' }, mac: entry?.mac ?? null, by: 'outside' };
}

function ownerAmong(world: World, members: ReadonlySet<Link>, address: string): Link | null {
  const owners = world.owners.get(address) ?? [];
  for (const { link } of owners) {
    const owner = world.link(link);
    if (owner?.up === true && members.has(owner)) return owner;
  }
  // Linux answers ARP for an address of any of its links unless arp_ignore says otherwise; NDP only for the link's own.
  const answering = new Set(owners.filter(({ scope }) => scope !== 'host').map(({ sandbox }) => sandbox));
  if (answering.size === 0 || address.includes(':')) return null;
  for (const member of members) {
    const there = answering.has(member.sandbox) && member.up ? world.namespaceOf(member) : null;
    if (there === null) continue;
    if (eitherSysctl(there, world.host, { link: member.name, name: 'arp_ignore' }) === 0) return member;
  }
  return null;
}
