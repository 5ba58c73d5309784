import { type Backend, type Engine, ids, type PublishedPort, type SourceReport } from '@vethscope/model';
import type { EngineFacts } from '../parseEngine.ts';
import type { NamespaceRecords } from '../parseNamespace.ts';

/** The backends of the host's namespace that hold rules in chains of Docker's, with how many. */
function dockerBackends(host: NamespaceRecords | undefined): Map<Backend, number> {
  const found = new Map<Backend, number>();
  if (!host) return found;
  const backendOf = new Map(host.tables.map((table) => [table.id, table.backend]));
  for (const chain of host.chains) {
    const backend = backendOf.get(chain.table);
    if (chain.owner !== 'docker' || backend === undefined) continue;
    found.set(backend, (found.get(backend) ?? 0) + chain.rules.length);
  }
  return found;
}

/**
 * Where the engine writes its rules: its own word for nftables, and for iptables which of the two sets its chains were found in. null where no
 * chain of it was found, or as many rules in two sets (one of them is left over, and nothing says which).
 */
export function deduceFirewall(
  driver: EngineFacts['firewallDriver'],
  host: NamespaceRecords | undefined,
): Engine['firewall'] {
  if (driver === 'nftables') return 'nftables';
  const found = [...dockerBackends(host)]
    .filter(([backend]) => driver === null || backend !== 'nftables')
    .sort((a, b) => b[1] - a[1]);
  const [first, second] = found;
  if (!first || (second && second[1] === first[1])) return null;
  return first[0];
}

/** Its own word (29 and later), else what is seen: a docker-proxy, or none although the processes were read and ports are published. */
export function deduceUserlandProxy(
  said: boolean | null,
  seen: { proxies: number; ports: readonly PublishedPort[]; sources: readonly SourceReport[] },
): boolean | null {
  if (said !== null) return said;
  if (seen.proxies > 0) return true;
  const looked = seen.sources.some(({ source, status }) => source === 'processes' && status === 'ok');
  const expected = seen.ports.some(
    ({ active, hostPort, protocol }) => active && hostPort !== null && protocol !== 'sctp',
  );
  return looked && expected ? false : null;
}

export function engineOf(
  facts: EngineFacts,
  seen: { endpoint: string | null; firewall: Engine['firewall']; userlandProxy: boolean | null },
): Engine {
  return {
    endpoint: seen.endpoint,
    version: facts.version,
    apiVersion: facts.apiVersion,
    firewall: seen.firewall,
    swarm: facts.swarm,
    swarmManager: facts.swarmManager,
    rootless: facts.rootless,
    liveRestore: facts.liveRestore,
    userlandProxy: seen.userlandProxy,
  };
}

export function hostNamespace(namespaces: readonly NamespaceRecords[]): NamespaceRecords | undefined {
  return namespaces.find(({ sandbox }) => sandbox.id === ids.hostSandbox);
}
