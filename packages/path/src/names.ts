import type { Container, Endpoint, Family, Snapshot } from '@vethscope/model';
import { ipNumber } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';

export type NameAnswer =
  | { kind: 'found'; addresses: string[]; by: 'address' | 'hosts' | 'embedded' }
  /** `asking`: the container whose process asks. */
  | { kind: 'failed'; code: 'default-bridge-no-dns' | 'name-unknown'; asking: string }
  | { kind: 'failed'; code: 'name-outside' };

function fromHosts(hosts: string | null, name: string): string[] {
  const found: string[] = [];
  for (const line of (hosts ?? '').split('\n')) {
    const [address, ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    if (address !== undefined && names.some((one) => one.toLowerCase() === name)) found.push(address);
  }
  return found;
}

const addressesOf = (endpoint: Endpoint): string[] =>
  [endpoint.ipv4, endpoint.ipv6].flatMap((address) => (address === null || address === '' ? [] : [address]));

/** Who is called so on the networks of a container. Source: moby libnetwork sandbox.go ResolveName, network.go addSvcRecords. */
function embedded(snapshot: Snapshot, own: readonly Endpoint[], name: string): string[] {
  const { endpoint, container, service, task, network } = snapshot.records;
  const bare = name.replace(/\.$/, '');
  const networks = new Set(own.map((one) => one.network));
  for (const mine of own) {
    for (const link of mine.links) {
      const [target, alias = target] = link.split(':');
      if (alias?.toLowerCase() !== bare) continue;
      const linked = Object.values(container).find(
        (one) => one.name === target?.replace(/^\//, '') || one.engineId === target,
      );
      const there = Object.values(endpoint).find((one) => one.container === linked?.id && one.network === mine.network);
      if (there !== undefined) return addressesOf(there);
    }
  }
  for (const one of Object.values(service)) {
    if (one.name.toLowerCase() !== bare && `tasks.${one.name.toLowerCase()}` !== bare) continue;
    const virtual = one.virtualAddresses
      .filter((address) => networks.has(address.network))
      .map(({ address }) => address.split('/')[0] ?? address);
    if (virtual.length > 0 && !bare.startsWith('tasks.')) return virtual;
    const tasks = Object.values(task).filter((two) => two.service === one.id && two.state === 'running');
    return tasks.flatMap(({ addresses }) =>
      addresses
        .filter((address) => networks.has(address.network))
        .map(({ address }) => address.split('/')[0] ?? address),
    );
  }
  const found: string[] = [];
  for (const one of Object.values(endpoint)) {
    if (!networks.has(one.network)) continue;
    const names = [...one.dnsNames, ...one.aliases, container[one.container]?.name ?? ''].map((text) =>
      text.toLowerCase(),
    );
    const withNetwork = names.map((text) => `${text}.${network[one.network]?.name.toLowerCase() ?? ''}`);
    if (names.includes(bare) || withNetwork.includes(bare)) found.push(...addressesOf(one));
  }
  return found;
}

/**
 * A name as a process of a sandbox resolves it: /etc/hosts, the embedded server at 127.0.0.11 with the names of its own networks, then a server
 * outside, whose answer nobody knows here.
 */
export function resolveName(snapshot: Snapshot, namespace: Namespace, name: string): NameAnswer {
  const wanted = name.toLowerCase();
  if (ipNumber(wanted) !== null) return { kind: 'found', addresses: [wanted], by: 'address' };
  const { container, resolver, endpoint, network } = snapshot.records;
  const own: Container | undefined = namespace.sandbox.containers
    .map((id) => container[id])
    .find((one) => one !== undefined);
  const files = Object.values(resolver).find((one) => namespace.sandbox.containers.includes(one.container));
  const inHosts = fromHosts(files?.hosts ?? null, wanted);
  if (inHosts.length > 0) return { kind: 'found', addresses: inHosts, by: 'hosts' };
  if (wanted === 'localhost') return { kind: 'found', addresses: ['127.0.0.1', '::1'], by: 'hosts' };
  const ids = new Set(namespace.sandbox.containers);
  const endpoints = Object.values(endpoint).filter((one) => ids.has(one.container));
  const usesEmbedded =
    files?.resolvConf == null
      ? endpoints.some((one) => network[one.network]?.name !== 'bridge')
      : /^\s*nameserver\s+127\.0\.0\.11\b/m.test(files.resolvConf);
  if (namespace.sandbox.kind === 'container' && usesEmbedded) {
    const found = embedded(snapshot, endpoints, wanted);
    if (found.length > 0) return { kind: 'found', addresses: [...new Set(found)], by: 'embedded' };
  }
  const isContainer = Object.values(container).find((one) => one.name.toLowerCase() === wanted);
  if (isContainer !== undefined && namespace.sandbox.kind === 'container') {
    const asking = own?.name ?? namespace.sandbox.name;
    return { kind: 'failed', code: usesEmbedded ? 'name-unknown' : 'default-bridge-no-dns', asking };
  }
  return { kind: 'failed', code: 'name-outside' };
}

/** Addresses of one family, if one is asked for; IPv4 first, as most resolvers sort them where there is no IPv6 route. */
export function ofFamily(addresses: readonly string[], family: Family | null): string[] {
  const wanted = addresses.filter((address) => family === null || (ipNumber(address)?.family ?? 4) === family);
  return [...wanted.filter((address) => !address.includes(':')), ...wanted.filter((address) => address.includes(':'))];
}
