import type { NamespaceReadings, QuestionInput, Recording, Snapshot, Trace } from '@vethscope/model';
import { tracePath } from './index.ts';

export type HostChange = (host: NamespaceReadings, recording: Recording) => void;

/** For tests: a recording with some of the host's readings changed, as though it had been recorded so. It is changed in place. */
export function changed(recording: Recording, change: HostChange): Recording {
  const host = recording.namespaces.find(({ kind }) => kind === 'host');
  if (host === undefined) throw new Error('the recording has no host');
  change(host.readings, recording);
  return recording;
}

/** Rules in front of those of a table, as `iptables-restore` takes them. */
export function insertRules(host: NamespaceReadings, table: string, rules: readonly string[]): void {
  const text = host.iptables ?? '';
  const start = text.indexOf(`*${table}\n`);
  if (start < 0) {
    const chains = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT [0:0]`);
    host.iptables = `${text}*${table}\n${[...chains, ...rules].join('\n')}\nCOMMIT\n`;
    return;
  }
  const head = /^(?::.*\n)+/.exec(text.slice(start + table.length + 2))?.[0] ?? '';
  const first = start + table.length + 2 + head.length;
  const [declared, added] = [
    rules.filter((rule) => rule.startsWith(':')),
    rules.filter((rule) => !rule.startsWith(':')),
  ];
  host.iptables = `${text.slice(0, first)}${[...declared, ...added].join('\n')}\n${text.slice(first)}`;
}

type NftEntry = Record<string, unknown>;

/** A native table with one base chain, as `nft -j list ruleset` prints it. `rules` are lists of statements. */
export function addNftTable(
  host: NamespaceReadings,
  {
    family,
    hook,
    prio,
    policy = 'accept',
    type = 'filter',
    rules,
    extra = [],
  }: {
    family: string;
    hook: string;
    prio: number;
    policy?: string;
    type?: string;
    rules: unknown[][];
    extra?: NftEntry[];
  },
): void {
  const listing = JSON.parse(host.nft ?? '{"nftables":[]}') as { nftables: NftEntry[] };
  const place = { family, table: 'mine' };
  listing.nftables.push(
    { table: { family, name: 'mine', handle: 900 } },
    { chain: { ...place, name: 'base', handle: 1, type, hook, prio, policy } },
    ...extra,
    ...rules.map((expr, at) => ({ rule: { ...place, chain: 'base', handle: at + 2, expr } })),
  );
  host.nft = JSON.stringify(listing);
}

export const lanAddress = '198.18.0.254';
export const hostAddress = '198.18.0.28';

/** The trace of a TCP packet from a machine of the LAN to a port of the host. */
export function fromLan(snapshot: Snapshot, port: number): Trace {
  return tracePath(
    snapshot,
    tcp({ kind: 'address', address: lanAddress }, { kind: 'address', address: hostAddress, port }),
  );
}

export function tcp(from: QuestionInput['from'], to: QuestionInput['to']): QuestionInput {
  return { from, to, protocol: 'tcp' };
}

export const container = (name: string): { kind: 'container'; name: string } => ({ kind: 'container', name });
export const at = (address: string, port: number): { kind: 'address'; address: string; port: number } => ({
  kind: 'address',
  address,
  port,
});

/** The base chains that a trace went through, as "family table chain". */
export function chainsOf({ legs }: Trace, leg = 0): string[] {
  const hops = legs[leg]?.hops ?? [];
  return hops.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.kind === 'chain' && step.certain ? [`${step.family} ${step.table} ${step.chain.name}`] : [],
    ),
  );
}
