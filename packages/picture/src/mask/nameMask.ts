import type { Snapshot } from '@vethscope/model';

/** Other names in the place of the host's: container-1, network-a, project-1, … in the order in which things were made. */
export interface NameMask {
  /** Names of containers, networks, projects and machines. */
  names: ReadonlyMap<string, string>;
  /** Names of bridges, which people may choose. */
  links: ReadonlyMap<string, string>;
  images: ReadonlyMap<string, string>;
  programs: ReadonlyMap<string, string>;
  /** The engine's ids, by their first twelve digits. */
  engineIds: ReadonlyMap<string, string>;
}

/** The engine's own names of networks: everybody has them. */
export const ownNetworks = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge']);

export function nameMaskOf({ host, records }: Snapshot): NameMask {
  const names = new Map<string, string>();
  const links = new Map<string, string>();
  const engineIds = new Map<string, string>();
  const containers = Object.values(records.container).sort(byAge);
  const networks = Object.values(records.network).sort(byAge);
  const put = (name: string | null, mask: string) => {
    if (name !== null && name !== '' && !names.has(name)) names.set(name, mask);
  };
  const id = (engineId: string, mark: string, number: number) => {
    if (engineId.length >= 12) engineIds.set(engineId.slice(0, 12), `${mark}${String(number).padStart(11, '0')}`);
  };
  // A container in the host's namespace has its name, too.
  put(host.hostname, 'host');
  containers.forEach(({ name, engineId, hostname }, index) => {
    put(name, `container-${index + 1}`);
    put(hostname, `container-${index + 1}`);
    id(engineId, 'c', index + 1);
  });
  let number = 0;
  networks.forEach(({ name, engineId, bridgeName }, index) => {
    id(engineId, 'd', index + 1);
    if (ownNetworks.has(name)) return;
    const letter = letters(number);
    number += 1;
    put(name, `network-${letter}`);
    if (bridgeName !== null && bridgeName !== 'docker0') links.set(bridgeName, `br-${letter}`);
  });
  for (const [name, mask] of count(
    containers.map(({ composeProject }) => composeProject),
    'project',
  ))
    put(name, mask);
  for (const [name, mask] of count(
    containers.map(({ composeService }) => composeService),
    'service',
  ))
    put(name, mask);
  for (const [name, mask] of count(
    Object.values(records.service).map(({ name }) => name),
    'service',
  ))
    put(name, mask);
  for (const [name, mask] of count(
    Object.values(records.swarmNode).map(({ hostname }) => hostname),
    'node',
  ))
    put(name, mask);
  for (const [name, mask] of count(
    Object.values(records.endpoint).flatMap(({ aliases, dnsNames }) => [...aliases, ...dnsNames]),
    'alias',
  ))
    put(name, mask);
  return {
    names,
    links,
    images: count(
      containers.map(({ image }) => image),
      'image',
    ),
    programs: count(
      Object.values(records.socket).flatMap(({ processes }) => (processes ?? []).map(({ name }) => name)),
      'program',
    ),
    engineIds,
  };
}

interface Aged {
  createdAt: string | null;
  id: string;
}

export function byAge(a: Aged, b: Aged): number {
  const [left, right] = [`${a.createdAt ?? ''} ${a.id}`, `${b.createdAt ?? ''} ${b.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function count(names: readonly (string | null)[], word: string): Map<string, string> {
  const masks = new Map<string, string>();
  for (const name of names)
    if (name !== null && name !== '' && !masks.has(name)) masks.set(name, `${word}-${masks.size + 1}`);
  return masks;
}

/** a, b, …, z, aa, ab, … */
function letters(number: number): string {
  const own = String.fromCharCode(97 + (number % 26));
  return number < 26 ? own : `${letters(Math.floor(number / 26) - 1)}${own}`;
}
