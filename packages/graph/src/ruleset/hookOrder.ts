import type { Chain, NetfilterFamily, Table } from '@vethscope/model';
import type { Hook } from '../build/rulesetIndex.ts';

/** In the order in which a packet that passes through would meet them; what this machine sends itself begins at output. */
export const hooksInOrder: readonly Hook[] = [
  'ingress',
  'prerouting',
  'input',
  'forward',
  'output',
  'postrouting',
  'egress',
];

/** Where the kernel calls all nat chains of a hook, whatever their own priorities say (nf_nat_core.c: one hook function per place). */
const natPlace: Partial<Record<Hook, number>> = { prerouting: -100, output: -100, input: 100, postrouting: 100 };

/** The priority at which the kernel really calls a base chain. */
export function calledAt({ kind, hook, priority }: Chain): number {
  const own = priority ?? 0;
  return kind === 'nat' && hook !== null ? (natPlace[hook] ?? own) : own;
}

const familyOrder: readonly NetfilterFamily[] = ['netdev', 'arp', 'bridge', 'inet', 'ip', 'ip6'];

/** A bridge looks at a frame before the IP layer does on the way in, and after it on the way out. */
function layer(family: NetfilterFamily, hook: Hook): number {
  if (family !== 'bridge') return 0;
  return hook === 'output' || hook === 'postrouting' ? 1 : -1;
}

/** Base chains of one hook as the kernel runs them; of two that no packet meets both (IPv4 and IPv6), IPv4 first. */
export function compareBaseChains(
  hook: Hook,
  tableOf: (chain: Chain) => Table | undefined,
): (a: Chain, b: Chain) => number {
  const family = (chain: Chain) => tableOf(chain)?.family ?? 'netdev';
  return (a, b) =>
    layer(family(a), hook) - layer(family(b), hook) ||
    calledAt(a) - calledAt(b) ||
    (a.priority ?? 0) - (b.priority ?? 0) ||
    familyOrder.indexOf(family(a)) - familyOrder.indexOf(family(b)) ||
    (a.id < b.id ? -1 : 1);
}
