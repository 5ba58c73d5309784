import { z } from 'zod';
import { Address } from './records/address.ts';
import { Container, Resolver } from './records/container.ts';
import { DockerProxy } from './records/dockerProxy.ts';
import { Endpoint } from './records/endpoint.ts';
import { Link } from './records/link.ts';
import { FdbEntry, Neighbor } from './records/neighbor.ts';
import { Network } from './records/network.ts';
import { PolicyRule } from './records/policyRule.ts';
import { PublishedPort } from './records/publishedPort.ts';
import { Route } from './records/route.ts';
import { Chain, NetfilterSet, Rule, Table } from './records/ruleset.ts';
import { Sandbox, Sysctls } from './records/sandbox.ts';
import { Socket } from './records/socket.ts';
import { Service, SwarmNode, Task } from './records/swarm.ts';
import { Warning } from './records/warning.ts';
import { SourceReport } from './sourceReport.ts';

/** Every kind of record, by its `type`. */
export const recordSchemas = {
  sandbox: Sandbox,
  sysctls: Sysctls,
  link: Link,
  address: Address,
  route: Route,
  policyRule: PolicyRule,
  neighbor: Neighbor,
  fdbEntry: FdbEntry,
  socket: Socket,
  proxy: DockerProxy,
  network: Network,
  container: Container,
  resolver: Resolver,
  endpoint: Endpoint,
  publishedPort: PublishedPort,
  table: Table,
  chain: Chain,
  rule: Rule,
  netfilterSet: NetfilterSet,
  service: Service,
  task: Task,
  swarmNode: SwarmNode,
  warning: Warning,
} as const;

export type RecordType = keyof typeof recordSchemas;
export const recordTypes = Object.keys(recordSchemas) as RecordType[];
export type RecordOf<T extends RecordType> = z.infer<(typeof recordSchemas)[T]>;
export type AnyRecord = { [T in RecordType]: RecordOf<T> }[RecordType];

/** The records of a moment: by type, then by id. */
export type Records = { [T in RecordType]: Record<string, RecordOf<T>> };
export const Records = z.object(
  Object.fromEntries(recordTypes.map((type) => [type, z.record(z.string(), recordSchemas[type])])),
) as unknown as z.ZodType<Records>;

export function emptyRecords(): Records {
  return Object.fromEntries(recordTypes.map((type) => [type, {}])) as Records;
}

export const Host = z.object({
  hostname: z.string(),
  kernel: z.string().nullable(),
  os: z.string().nullable(),
  architecture: z.string().nullable(),
});
export type Host = z.infer<typeof Host>;

/** The Docker Engine. `firewall` is its own word (API 1.49 and later), or what its rules were found in. */
export const Engine = z.object({
  endpoint: z.string().nullable(),
  version: z.string(),
  apiVersion: z.string(),
  firewall: z.enum(['iptables-nft', 'iptables-legacy', 'nftables']).nullable(),
  swarm: z.enum(['inactive', 'pending', 'active', 'error', 'locked']),
  swarmManager: z.boolean(),
  rootless: z.boolean(),
  liveRestore: z.boolean(),
  userlandProxy: z.boolean().nullable(),
});
export type Engine = z.infer<typeof Engine>;

export const LinkCounters = z.object({
  rxBytes: z.number(),
  rxPackets: z.number(),
  rxErrors: z.number(),
  rxDropped: z.number(),
  txBytes: z.number(),
  txPackets: z.number(),
  txErrors: z.number(),
  txDropped: z.number(),
});
export type LinkCounters = z.infer<typeof LinkCounters>;

/** What changes all the time and decides nothing: kept out of the records, so that a diff holds real changes only. */
export const Counters = z.object({
  at: z.iso.datetime(),
  links: z.record(z.string(), LinkCounters),
  rules: z.record(z.string(), z.object({ packets: z.number(), bytes: z.number() })),
});
export type Counters = z.infer<typeof Counters>;

/** One moment of a host. `readAt` is when the latest part of it was read. */
export const Snapshot = z.object({
  readAt: z.iso.datetime(),
  host: Host,
  engine: Engine.nullable(),
  sources: z.array(SourceReport),
  records: Records,
  counters: Counters,
});
export type Snapshot = z.infer<typeof Snapshot>;
