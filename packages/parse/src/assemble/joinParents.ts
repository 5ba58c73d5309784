import type { Link } from '@vethscope/model';
import type { Draft } from './draft.ts';

type WithParent = Extract<Link, { parent: unknown }>;

function hasParent(link: Link): link is WithParent {
  return link.kind === 'macvlan' || link.kind === 'ipvlan' || link.kind === 'vxlan' || link.kind === 'vlan';
}

function setParent(draft: Draft, link: Link, parentId: string): void {
  if (!hasParent(link) || link.parent === null) return;
  draft.links.set(link.id, { ...link, parent: { ...link.parent, link: parentId } } as Link);
}

/** A parent in another namespace, where the namespace id is known. */
export function joinParents(draft: Draft): void {
  for (const link of draft.links.values()) {
    if (!hasParent(link) || link.parent === null || link.parent.link !== null) continue;
    const { ifindex, netnsid } = link.parent;
    if (ifindex === null || netnsid === null) continue;
    const sandbox = draft.netnsIds.get(link.sandbox)?.get(netnsid);
    if (sandbox === undefined) continue;
    const parent = `link:${sandbox.slice('sandbox:'.length)}/${ifindex}`;
    if (draft.links.has(parent)) setParent(draft, link, parent);
  }
}

/**
 * A macvlan or ipvlan of a container on a network whose parent is a link of the host: two sources that know nothing of each other, the
 * engine by name and the kernel by index, name the same link. Then it is the parent.
 */
export function joinParentsByNetwork(draft: Draft): void {
  for (const endpoint of draft.endpoints.values()) {
    const inside = endpoint.inside === null ? undefined : draft.links.get(endpoint.inside);
    const parentId = draft.networks.get(endpoint.network)?.parent ?? null;
    const parent = parentId === null ? undefined : draft.links.get(parentId);
    if (inside === undefined || parent === undefined || !hasParent(inside)) continue;
    if (inside.parent === null || inside.parent.link !== null || inside.parent.ifindex !== parent.ifindex) continue;
    const { netnsid } = inside.parent;
    const known = netnsid === null ? undefined : draft.netnsIds.get(inside.sandbox)?.get(netnsid);
    if (known !== undefined && known !== parent.sandbox) continue;
    setParent(draft, inside, parent.id);
    if (netnsid !== null) draft.netnsIds.get(inside.sandbox)?.set(netnsid, parent.sandbox);
  }
}
