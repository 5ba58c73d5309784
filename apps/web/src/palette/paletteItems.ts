import type { Snapshot } from '@vethscope/model';
import { portName } from '../tree/treeRows.ts';
import type { DotTone } from '../ui/StatusDot.tsx';
import type { ContainerDots } from '../view/containerDots.ts';

export type PaletteGroup = 'containers' | 'networks' | 'ports' | 'links';

export interface PaletteItem {
  group: PaletteGroup;
  record: string;
  text: string;
  note: string;
  tone: DotTone | null;
}

/** How many of a group are offered at once: more is a list to read, not a way to go. */
const perGroup = 6;

/** Everything of a host that one can go to. */
export function paletteItems({ records }: Snapshot, dots: ContainerDots): PaletteItem[] {
  const addresses = new Map<string, string[]>();
  for (const { container, ipv4, ipv6 } of Object.values(records.endpoint)) {
    const address = ipv4 ?? ipv6;
    if (address) addresses.set(container, [...(addresses.get(container) ?? []), address]);
  }
  return [
    ...Object.values(records.container).map(
      (container): PaletteItem => ({
        group: 'containers',
        record: container.id,
        text: container.name,
        note: [container.image, ...(addresses.get(container.id) ?? [])].join(' · '),
        tone: dots.get(container.id)?.tone ?? 'quiet',
      }),
    ),
    ...Object.values(records.network).map(
      ({ id, name, driver, subnets }): PaletteItem => ({
        group: 'networks',
        record: id,
        text: name,
        note: [driver, ...subnets.map(({ subnet }) => subnet)].join(' · '),
        tone: null,
      }),
    ),
    ...Object.values(records.publishedPort).map(
      (port): PaletteItem => ({
        group: 'ports',
        record: port.id,
        text: portName(port),
        note: `${records.container[port.container]?.name ?? ''}:${port.containerPort}`,
        tone: null,
      }),
    ),
    ...Object.values(records.link)
      .filter(({ sandbox }) => sandbox === 'sandbox:host')
      .map(
        ({ id, name, kind, ifindex }): PaletteItem => ({
          group: 'links',
          record: id,
          text: name,
          note: `#${ifindex} · ${kind}`,
          tone: null,
        }),
      ),
  ];
}

/** How well a text answers: 0 it begins with the words, 1 one of its parts does, 2 it holds them, 3 the note does; null not at all. */
export function rank(item: Pick<PaletteItem, 'text' | 'note'>, asked: string): number | null {
  const text = item.text.toLowerCase();
  if (text.startsWith(asked)) return 0;
  const at = text.indexOf(asked);
  if (at > 0) return /[^a-z0-9]/.test(text[at - 1] ?? '') ? 1 : 2;
  return item.note.toLowerCase().includes(asked) ? 3 : null;
}

/** The best of each group, in the order of the groups; without words, the first of each. */
export function matchItems(items: readonly PaletteItem[], words: string): Map<PaletteGroup, PaletteItem[]> {
  const asked = words.trim().toLowerCase();
  const groups = new Map<PaletteGroup, { item: PaletteItem; rank: number }[]>();
  for (const item of items) {
    const found = asked === '' ? 0 : rank(item, asked);
    if (found === null) continue;
    const group = groups.get(item.group);
    if (group) group.push({ item, rank: found });
    else groups.set(item.group, [{ item, rank: found }]);
  }
  return new Map(
    [...groups].map(([group, found]) => [
      group,
      found
        .sort((a, b) => a.rank - b.rank || a.item.text.length - b.item.text.length)
        .slice(0, perGroup)
        .map(({ item }) => item),
    ]),
  );
}
