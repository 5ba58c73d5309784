import type {
  Container,
  Counters,
  DockerProxy,
  Engine,
  Host,
  LinkCounters,
  ProcessReading,
  PublishedPort,
  Recording,
  RecordOf,
  RecordType,
  Resolver,
  Service,
  Snapshot,
  SourceReport,
  Task,
  Warning,
} from '@vethscope/model';
import type { EngineRecords } from '../parseEngine.ts';
import type { NamespaceRecords } from '../parseNamespace.ts';
import { parseProxies } from '../parseProxies.ts';
import { parseResolver } from '../parseResolver.ts';
import type { RuleCounters } from '../rules/parsedRuleset.ts';
import { WarningList } from '../warnings.ts';
import { deduceFirewall, deduceUserlandProxy, engineOf, hostNamespace } from './deduceEngine.ts';
import { type Draft, draftOf } from './draft.ts';
import { joinContainers } from './joinContainers.ts';
import { joinEndpoints } from './joinEndpoints.ts';
import { joinNetworks } from './joinNetworks.ts';
import { joinParents, joinParentsByNetwork } from './joinParents.ts';
import { joinPeers } from './joinPeers.ts';
import { joinPublishedPorts } from './joinPublishedPorts.ts';
import { joinSwarm } from './joinSwarm.ts';
import { RecordTables } from './recordTables.ts';
import { withWarnings } from './sourceWarnings.ts';

export interface AssembleInput {
  /** ISO time at which the latest part was read. */
  readAt: string;
  host: Recording['host'];
  /** Where the engine was asked, "unix:///var/run/docker.sock"; null where none was. */
  endpoint: string | null;
  namespaces: readonly NamespaceRecords[];
  engine: EngineRecords;
  processes: readonly ProcessReading[];
  containerFiles: Recording['containerFiles'];
  sources: readonly SourceReport[];
  /** The Snapshot before this one: what equals it is taken from it. */
  previous?: Snapshot | null;
}

function joinedSnapshot(input: AssembleInput): {
  draft: Draft;
  ports: PublishedPort[];
  proxies: DockerProxy[];
  warnings: Warning[];
} {
  const { engine, namespaces } = input;
  const warnings = new WarningList('docker', null);
  const draft = draftOf(namespaces);
  joinPeers(draft);
  joinParents(draft);
  joinContainers(draft, engine.containers);
  joinNetworks(draft, engine.networks);
  joinEndpoints(draft, engine, warnings);
  joinParentsByNetwork(draft);
  const proxies = parseProxies(input.processes);
  const joined = joinPublishedPorts(draft, {
    ports: engine.containers.flatMap((container) => container.ports),
    proxies: proxies.records,
  });
  return { draft, ...joined, warnings: [...warnings.list, ...proxies.warnings] };
}

function resolversOf(files: AssembleInput['containerFiles'], containers: ReadonlyMap<string, Container>): Resolver[] {
  return Object.entries(files)
    .map(([engineId, found]) => parseResolver(engineId, found))
    .filter(({ container }) => containers.has(container));
}

function countersOf(readAt: string, namespaces: readonly NamespaceRecords[]): Counters {
  const links: Record<string, LinkCounters> = {};
  const rules: Record<string, RuleCounters> = {};
  for (const namespace of namespaces) {
    for (const id in namespace.linkCounters) {
      const counters = namespace.linkCounters[id];
      if (counters) links[id] = counters;
    }
    for (const id in namespace.ruleCounters) {
      const counters = namespace.ruleCounters[id];
      if (counters) rules[id] = counters;
    }
  }
  return { at: readAt, links, rules };
}

function engineOfInput(input: AssembleInput, ports: PublishedPort[], proxies: DockerProxy[]): Engine | null {
  const { facts } = input.engine;
  if (facts === null) return null;
  const seen = { proxies: proxies.length, ports, sources: input.sources };
  return engineOf(facts, {
    endpoint: input.endpoint,
    firewall: deduceFirewall(facts.firewallDriver, hostNamespace(input.namespaces)),
    userlandProxy: deduceUserlandProxy(facts.userlandProxy, seen),
  });
}

/**
 * The last phase: joins the records of all namespaces and of the engine into one Snapshot. Pure: inputs are not changed, and what
 * nothing joined is the same object as in them. Every id that a record carries is that of a record in the Snapshot, or null. Time:
 * linear in the records (1,000 containers and 30,000 rules: well under 300 ms).
 */
export function assemble(given: AssembleInput): Snapshot {
  const input = { ...given, namespaces: eachOnce(given.namespaces) };
  const { namespaces, engine } = input;
  const { draft, ports, proxies, warnings } = joinedSnapshot(input);
  const swarm = joinSwarm(draft, engine);
  const tables = new RecordTables(input.previous?.records ?? null);
  tables.addAll('sandbox', draft.sandboxes.values());
  tables.addAll('link', draft.links.values());
  const parts = <T extends RecordType>(type: T, recordsOf: (namespace: NamespaceRecords) => readonly RecordOf<T>[]) =>
    tables.addParts(
      type,
      namespaces.map((namespace) => ({ sandbox: namespace.sandbox.id, records: recordsOf(namespace) })),
    );
  parts('sysctls', ({ sysctls }) => sysctls);
  parts('address', ({ addresses }) => addresses);
  parts('route', ({ routes }) => routes);
  parts('policyRule', ({ policyRules }) => policyRules);
  parts('neighbor', ({ neighbors }) => neighbors);
  parts('fdbEntry', ({ fdbEntries }) => fdbEntries);
  parts('socket', ({ sockets }) => sockets);
  parts('table', (one) => one.tables);
  parts('chain', ({ chains }) => chains);
  parts('rule', ({ rules }) => rules);
  parts('netfilterSet', ({ sets }) => sets);
  tables.addAll('network', draft.networks.values());
  tables.addAll('container', draft.containers.values());
  tables.addAll('resolver', resolversOf(input.containerFiles, draft.containers));
  tables.addAll('endpoint', draft.endpoints.values());
  tables.addAll('publishedPort', ports);
  tables.addAll('proxy', proxies);
  tables.addAll('service', swarm.services satisfies Service[]);
  tables.addAll('task', swarm.tasks satisfies Task[]);
  tables.addAll('swarmNode', engine.swarmNodes);
  const allWarnings = [...namespaces.flatMap((one) => one.warnings), ...engine.warnings, ...warnings];
  tables.addAll('warning', withOwnIds(allWarnings));
  const host: Host = {
    hostname: input.host.hostname,
    kernel: input.host.kernel ?? engine.host.kernel ?? null,
    os: engine.host.os ?? null,
    architecture: engine.host.architecture ?? null,
  };
  return {
    readAt: input.readAt,
    host,
    engine: engineOfInput(input, ports, proxies),
    sources: withWarnings(input.sources, allWarnings),
    records: tables.finish(),
    counters: countersOf(input.readAt, namespaces),
  };
}

/** A namespace that is listed twice counts once: ids are made of its inode. */
function eachOnce(namespaces: readonly NamespaceRecords[]): NamespaceRecords[] {
  return [...new Map([...namespaces].reverse().map((one) => [one.sandbox.id, one])).values()].reverse();
}

/** The warnings of different lists may be called alike; the later ones get a number. */
function withOwnIds(warnings: readonly Warning[]): Warning[] {
  const taken = new Map<string, number>();
  return warnings.map((warning) => {
    const count = (taken.get(warning.id) ?? 0) + 1;
    taken.set(warning.id, count);
    return count === 1 ? warning : { ...warning, id: `${warning.id}~${count}` };
  });
}
