import type { Address, Family, Link, Route, Snapshot } from '@vethscope/model';
import { bitsOf, ipRange, ipText, isLinkLocal } from '../ipNumber.ts';
import { type World, worldOf } from '../world.ts';

/** More neighbours than that are not tried: one of them is free on any LAN that a person would ask about. */
const mostTried = 64;

/**
 * An address that a machine beside the host could have: of the subnet of its uplink, which is the link of its default route, else its first
 * physical link with an address. Nobody known has it. null where the host has no such subnet.
 */
export function lanAddress(snapshot: Snapshot, family: Family): string | null {
  const world = worldOf(snapshot);
  const uplink = uplinkOf(world, family);
  const own = uplink === null ? undefined : globalAddress(world, uplink, family);
  const subnet = own === undefined ? null : ipRange(`${own.address}/${own.prefix}`);
  // A /31 or /32 (of IPv6 a /127 or /128) has no room for anybody else.
  if (subnet === null || bitsOf(family) - subnet.length < 2) return null;
  const gateways = new Set(Object.values(snapshot.records.route).map(({ gateway }) => gateway));
  for (let below = 1n; below <= mostTried && subnet.high - below > subnet.low; below++) {
    const address = ipText({ family, value: subnet.high - below });
    if (!world.owners.has(address) && !gateways.has(address)) return address;
  }
  return null;
}

/** A host whose IPv6 has no way out is on the LAN of its IPv4 all the same. */
function uplinkOf(world: World, family: Family): Link | null {
  const other: Family = family === 4 ? 6 : 4;
  const byRoute = defaultLink(world, family) ?? defaultLink(world, other);
  if (byRoute !== null) return byRoute;
  for (const link of world.host?.links.values() ?? []) {
    const isPhysical = link.kind === 'device' || link.kind === 'bond' || link.kind === 'vlan';
    if (isPhysical && link.up && globalAddress(world, link, family) !== undefined) return link;
  }
  return null;
}

function defaultLink({ snapshot, host }: World, family: Family): Link | null {
  const isDefault = (route: Route): boolean =>
    route.sandbox === host?.sandbox.id &&
    route.table === 'main' &&
    route.family === family &&
    route.link !== null &&
    ipRange(route.destination)?.length === 0;
  const [route] = Object.values(snapshot.records.route)
    .filter(isDefault)
    .sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
  return route?.link == null ? null : (host?.links.get(route.link) ?? null);
}

function globalAddress({ host }: World, link: Link, family: Family): Address | undefined {
  const own = host?.addressesOfLink.get(link.id) ?? [];
  return own.find((one) => one.family === family && one.scope === 'global' && !isLinkLocal(one.address));
}
