import { z } from 'zod';
import {
  AddressReading,
  FdbReading,
  LinkReading,
  NeighborReading,
  PolicyRuleReading,
  RouteReading,
  SocketReading,
} from './iproute2.ts';
import { SourceReport } from './sourceReport.ts';

/** The version of the file format. It goes up when a reader of the old one would misread the new one. */
export const recordingVersion = 1;
export const recordingFormat = 'vethscope-recording';

/**
 * The readings of one network namespace, raw. A key that is missing was not read (its SourceReport says why); an empty array or
 * an empty text was read and is empty. Texts are exactly what the command printed.
 */
export const NamespaceReadings = z.object({
  links: z.array(LinkReading).optional(),
  addresses: z.array(AddressReading).optional(),
  routes: z.array(RouteReading).optional(),
  policyRules: z.array(PolicyRuleReading).optional(),
  neighbors: z.array(NeighborReading).optional(),
  fdb: z.array(FdbReading).optional(),
  sockets: z.array(SocketReading).optional(),
  /** sysctl name with dots, as `sysctl -a` prints it, to value. */
  sysctls: z.record(z.string(), z.string()).optional(),
  /** `iptables-save -c`, and so on. */
  iptables: z.string().optional(),
  ip6tables: z.string().optional(),
  iptablesLegacy: z.string().optional(),
  ip6tablesLegacy: z.string().optional(),
  /** `nft -j -a list ruleset`, as text. */
  nft: z.string().optional(),
  /** `ipset list -o save`. */
  ipsets: z.string().optional(),
});
export type NamespaceReadings = z.infer<typeof NamespaceReadings>;

/**
 * One network namespace. `netns` is its inode, as in `readlink /proc/PID/ns/net`. `kind`: the host's own, one of containers,
 * or one that Docker keeps for itself (overlay, ingress, load balancer), whose file is `path`. `containers` are the engine's ids of
 * those that live in it, `pid` a process of it. `netnsIds` maps the
 * namespace ids by which this namespace knows others (IFLA_LINK_NETNSID) to their inodes, where the agent could ask.
 */
export const NamespaceRecording = z.object({
  netns: z.number().int(),
  kind: z.enum(['host', 'container', 'docker']),
  path: z.string().nullable(),
  pid: z.number().int().nullable(),
  containers: z.array(z.string()),
  netnsIds: z.record(z.string(), z.number().int()).nullable(),
  readings: NamespaceReadings,
});
export type NamespaceRecording = z.infer<typeof NamespaceRecording>;

/** A docker-proxy process with its arguments, from /proc/PID/cmdline. */
export const ProcessReading = z.object({ pid: z.number().int(), argv: z.array(z.string()) });
export type ProcessReading = z.infer<typeof ProcessReading>;

/**
 * The raw readings of one moment, exactly as the sources gave them. `docker.bodies` maps an API path ("/networks/ID", without
 * the version prefix) to the body that the engine answered. `containerFiles` maps a container's id to its resolver's files. `replaced` says what
 * of the readings is not the host's own: other names, other addresses stand in their place.
 */
export const Recording = z.object({
  format: z.literal(recordingFormat),
  version: z.literal(recordingVersion),
  takenAt: z.iso.datetime(),
  writtenBy: z.string(),
  masked: z.boolean(),
  replaced: z.array(z.enum(['names', 'addresses'])).optional(),
  host: z.object({ hostname: z.string(), kernel: z.string().nullable() }),
  docker: z.object({ endpoint: z.string().nullable(), bodies: z.record(z.string(), z.unknown()) }),
  namespaces: z.array(NamespaceRecording),
  containerFiles: z.record(z.string(), z.object({ resolvConf: z.string().nullable(), hosts: z.string().nullable() })),
  processes: z.array(ProcessReading),
  sources: z.array(SourceReport),
});
export type Recording = z.infer<typeof Recording>;
