import { ids, type Snapshot } from '@vethscope/model';

/** The backends of the tables that one namespace has. */
function backendsIn(snapshot: Snapshot, sandbox: string): Set<string> {
  const tables = Object.values(snapshot.records.table).filter((table) => table.sandbox === sandbox);
  return new Set(tables.map(({ backend }) => backend));
}

/**
 * Why the kernel's trace would name nothing on this host; null where it does. A host that has rules of iptables-legacy alone may not have nf_tables in its kernel at
 * all: a probe shall not be the one that loads it.
 */
export function whyUntraceable(snapshot: Snapshot): string | null {
  const backends = backendsIn(snapshot, ids.hostSandbox);
  if (!backends.has('iptables-legacy') || backends.has('iptables-nft') || backends.has('nftables')) return null;
  return 'The rules of this host are of iptables-legacy, which the kernel’s trace does not name: only the outcome is observed.';
}

/** Whether some of a namespace's rules are such that the kernel's trace does not name them. */
export const hasLegacyRules = (snapshot: Snapshot, sandbox: string): boolean =>
  backendsIn(snapshot, sandbox).has('iptables-legacy');
