import type { Link } from '@vethscope/model';

/** How the readings of one namespace name its links: by index or by name. The values are Link ids. */
export interface LinkIndex {
  byIndex: ReadonlyMap<number, string>;
  byName: ReadonlyMap<string, string>;
}

export function linkIndexOf(links: readonly Link[]): LinkIndex {
  const byIndex = new Map<number, string>();
  const byName = new Map<string, string>();
  for (const link of links) {
    byIndex.set(link.ifindex, link.id);
    for (const name of link.altNames) if (!byName.has(name)) byName.set(name, link.id);
  }
  // A name proper wins over another link's alternative name.
  for (const link of links) byName.set(link.name, link.id);
  return { byIndex, byName };
}
