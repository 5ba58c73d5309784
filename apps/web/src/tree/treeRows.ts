import type { Endpoint, Link, Network, PublishedPort, Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { ContainerDots, DotWord } from '../view/containerDots.ts';

/** One line of the tree. `key` is unique in it: a container stands under each of its networks. `position` and `size` are among its siblings, from 1. */
export interface TreeRow {
  key: string;
  parent: string | null;
  /** The record that it selects; null for a heading. */
  record: string | null;
  level: number;
  position: number;
  size: number;
  text: string;
  fact: string;
  dot: DotWord | null;
  /** null: it has nothing below it. */
  expanded: boolean | null;
}

/** `dots`: the states as the map shows them, so that both say the same. */
export interface TreeSource {
  snapshot: Snapshot;
  dots: ContainerDots;
}

interface Branch {
  key: string;
  record: string | null;
  text: string;
  fact: string;
  dot: TreeRow['dot'];
  /** Called only for branches that are open: a closed one costs nothing. */
  children: (() => Branch[]) | null;
}

/** Branches that are open where nobody has said otherwise. */
export const firstExpanded: ReadonlySet<string> = new Set(['networks', 'ports', 'without']);

const byName = <T extends { name: string }>(a: T, b: T) => a.name.localeCompare(b.name, 'en', { numeric: true });

const shortAddress = ({ ipv4, ipv6 }: Endpoint): string => ipv4 ?? ipv6 ?? t.tree.noAddress;

export function portName({ hostAddress, hostPort, protocol }: PublishedPort): string {
  const any = hostAddress === '0.0.0.0' || hostAddress === '' || hostAddress === '::';
  const host = any
    ? hostAddress === '::'
      ? '[::]'
      : ''
    : hostAddress.includes(':')
      ? `[${hostAddress}]`
      : hostAddress;
  return `${host}:${hostPort ?? '?'}/${protocol}`;
}

function networkBranch(network: Network, endpoints: readonly Endpoint[], { snapshot, dots }: TreeSource): Branch {
  const leaves = () =>
    endpoints
      .flatMap((endpoint) => {
        const container = snapshot.records.container[endpoint.container];
        return container ? [{ endpoint, container, name: container.name }] : [];
      })
      .sort(byName)
      .map(
        ({ endpoint, container }): Branch => ({
          key: `${network.id} ${endpoint.id}`,
          record: container.id,
          text: container.name,
          fact: shortAddress(endpoint),
          dot: dots.get(container.id) ?? null,
          children: null,
        }),
      );
  return {
    key: network.id,
    record: network.id,
    text: network.name,
    fact: [network.driver, ...network.subnets.map(({ subnet }) => subnet)].join(' · '),
    dot: null,
    children: endpoints.length > 0 ? leaves : null,
  };
}

const linkFact = (link: Link, snapshot: Snapshot): string => {
  const bridge = link.master ? snapshot.records.link[link.master]?.name : null;
  return [`#${link.ifindex}`, link.kind, bridge && `on ${bridge}`, !link.up && t.tree.down].filter(Boolean).join(' · ');
};

function branches({ snapshot, dots }: TreeSource): Branch[] {
  const { network, endpoint, container, publishedPort, link } = snapshot.records;
  const joined = new Map<string, Endpoint[]>();
  const onNetwork = new Set<string>();
  for (const each of Object.values(endpoint)) {
    const known = joined.get(each.network);
    if (known) known.push(each);
    else joined.set(each.network, [each]);
    onNetwork.add(each.container);
  }
  const without = Object.values(container)
    .filter(({ id }) => !onNetwork.has(id))
    .sort(byName);
  const ports = Object.values(publishedPort).sort(
    (a, b) => (a.hostPort ?? 0) - (b.hostPort ?? 0) || a.hostAddress.localeCompare(b.hostAddress),
  );
  const links = Object.values(link)
    .filter(({ sandbox }) => sandbox === 'sandbox:host')
    .sort((a, b) => a.ifindex - b.ifindex);
  const heading = (key: string, text: string, count: number, children: () => Branch[]): Branch => ({
    key,
    record: null,
    text,
    fact: count === 0 ? t.tree.empty : String(count),
    dot: null,
    children: count > 0 ? children : null,
  });
  return [
    heading('networks', t.tree.networks, Object.keys(network).length, () =>
      Object.values(network)
        .sort(byName)
        .map((each) => networkBranch(each, joined.get(each.id) ?? [], { snapshot, dots })),
    ),
    heading('without', t.tree.without, without.length, () =>
      without.map((each) => ({
        key: `without ${each.id}`,
        record: each.id,
        text: each.name,
        fact: t.tree.modes[each.mode],
        dot: dots.get(each.id) ?? null,
        children: null,
      })),
    ),
    heading('ports', t.tree.ports, ports.length, () =>
      ports.map((each) => ({
        key: each.id,
        record: each.id,
        text: portName(each),
        fact: `${container[each.container]?.name ?? ''}:${each.containerPort}${each.active ? '' : ` · ${t.tree.inactive}`}`,
        dot: null,
        children: null,
      })),
    ),
    heading('links', t.tree.links, links.length, () =>
      links.map((each) => ({
        key: each.id,
        record: each.id,
        text: each.name,
        fact: linkFact(each, snapshot),
        dot: null,
        children: null,
      })),
    ),
  ];
}

/** The lines that are seen, top to bottom: those below a closed branch are not. `isExpanded` is asked for branches only. */
export function treeRows(source: TreeSource, isExpanded: (key: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (siblings: readonly Branch[], level: number, parent: string | null) => {
    siblings.forEach(({ key, record, text, fact, dot, children }, index) => {
      const expanded = children ? isExpanded(key) : null;
      rows.push({ key, parent, record, level, position: index + 1, size: siblings.length, text, fact, dot, expanded });
      if (children && expanded) walk(children(), level + 1, key);
    });
  };
  walk(branches(source), 1, null);
  return rows;
}
