import {
  type Address,
  type Chain,
  type FdbEntry,
  ids,
  type Link,
  type LinkCounters,
  type NamespaceRecording,
  type Neighbor,
  type NetfilterSet,
  type PolicyRule,
  type Route,
  type Rule,
  type Sandbox,
  type Socket,
  type Sysctls,
  type Table,
  type Warning,
} from '@vethscope/model';
import { linkIndexOf } from './linkIndex.ts';
import { parseAddresses } from './parseAddresses.ts';
import { parseFdb } from './parseFdb.ts';
import { parseLinks } from './parseLinks.ts';
import { parseNeighbors } from './parseNeighbors.ts';
import { parsePolicyRules } from './parsePolicyRules.ts';
import { parseRoutes } from './parseRoutes.ts';
import { parseRulesets } from './parseRulesets.ts';
import { parseSockets } from './parseSockets.ts';
import { parseSysctls } from './parseSysctls.ts';
import type { OwnerContext } from './rules/owner.ts';
import type { RuleCounters } from './rules/parsedRuleset.ts';

/**
 * The records of one namespace, complete but for what only other namespaces and the engine know (peers, parents elsewhere,
 * containers). An agent keeps these per namespace and parses again only the one that it read again: assemble takes them unchanged, so
 * that what was not read again stays the same object.
 */
export interface NamespaceRecords {
  sandbox: Sandbox;
  /** Engine ids of the containers in it, as the recording lists them. */
  containerEngineIds: readonly string[];
  /** netnsid to the inode of the namespace; null where nobody asked the kernel. */
  netnsIds: ReadonlyMap<number, number> | null;
  sysctls: Sysctls[];
  links: Link[];
  linkCounters: Readonly<Record<string, LinkCounters>>;
  addresses: Address[];
  routes: Route[];
  policyRules: PolicyRule[];
  neighbors: Neighbor[];
  fdbEntries: FdbEntry[];
  sockets: Socket[];
  tables: Table[];
  chains: Chain[];
  rules: Rule[];
  sets: NetfilterSet[];
  ruleCounters: Readonly<Record<string, RuleCounters>>;
  warnings: Warning[];
}

/** The id of a namespace's Sandbox. */
export function sandboxIdOf({ kind, netns }: Pick<NamespaceRecording, 'kind' | 'netns'>): string {
  return kind === 'host' ? ids.hostSandbox : ids.sandbox(netns);
}

function nameOf({ kind, netns, path }: NamespaceRecording): string {
  if (kind === 'host') return 'host';
  return path?.split('/').at(-1) ?? `netns ${netns}`;
}

/**
 * Parses one namespace. Pure, and never throws: what is malformed becomes a warning and the rest stands. `known` says which bridges and
 * subnets are Docker's (`ownerContextOf`), so that its rules are told from the user's.
 */
export function parseNamespace(recording: NamespaceRecording, known: OwnerContext = {}): NamespaceRecords {
  const { readings } = recording;
  const sandbox = sandboxIdOf(recording);
  const links = parseLinks(readings.links ?? [], sandbox);
  const context = { sandbox, links: linkIndexOf(links.records) };
  const kinds = new Map(links.records.map((link) => [link.id, link.kind]));
  const addresses = parseAddresses(readings.addresses ?? [], context);
  const routes = parseRoutes(readings.routes ?? [], context);
  const policyRules = parsePolicyRules(readings.policyRules ?? [], sandbox);
  const neighbors = parseNeighbors(readings.neighbors ?? [], context);
  const fdb = parseFdb(readings.fdb ?? [], { ...context, kinds });
  const sockets = parseSockets(readings.sockets ?? [], context);
  const sysctls = parseSysctls(readings.sysctls ?? {}, sandbox);
  const rulesets = parseRulesets(readings, {
    sandbox,
    known: recording.kind === 'docker' ? { ...known, swarmSandbox: true } : known,
  });
  return {
    sandbox: {
      type: 'sandbox',
      id: sandbox,
      netns: recording.netns,
      kind: recording.kind,
      name: nameOf(recording),
      path: recording.path,
      pid: recording.pid,
      containers: [],
    },
    containerEngineIds: recording.containers,
    netnsIds:
      recording.netnsIds === null
        ? null
        : new Map(Object.entries(recording.netnsIds).map(([netnsid, netns]) => [Number(netnsid), netns])),
    sysctls: sysctls.records,
    links: links.records,
    linkCounters: links.counters,
    addresses: addresses.records,
    routes: routes.records,
    policyRules: policyRules.records,
    neighbors: neighbors.records,
    fdbEntries: fdb.records,
    sockets: sockets.records,
    tables: rulesets.tables,
    chains: rulesets.chains,
    rules: rulesets.rules,
    sets: rulesets.sets,
    ruleCounters: rulesets.counters,
    warnings: [links, addresses, routes, policyRules, neighbors, fdb, sockets, sysctls, rulesets].flatMap(
      (parsed) => parsed.warnings,
    ),
  };
}
