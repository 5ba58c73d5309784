import type { Chain } from '@vethscope/model';

type Base = Pick<Chain, 'kind' | 'hook' | 'priority'>;
type Hook = NonNullable<Chain['hook']>;

const hooks: Record<string, Hook> = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
};

const priorities: Record<string, number> = { raw: -300, mangle: -150, filter: 0, security: 50 };
const natPriorities: Record<string, number> = { PREROUTING: -100, OUTPUT: -100, INPUT: 100, POSTROUTING: 100 };

const user: Base = { kind: null, hook: null, priority: null };

/**
 * Where the kernel calls a built-in chain: include/uapi/linux/netfilter_ipv4.h NF_IP_PRI_*, and iptables nft.c xtables_ipv4 for the
 * kinds. A chain that is none of these is a user's.
 */
export function iptablesBaseChain(table: string, chain: string): Base {
  const hook = Object.hasOwn(hooks, chain) ? hooks[chain] : undefined;
  if (hook === undefined) return user;
  if (table === 'nat') {
    const priority = natPriorities[chain];
    return priority === undefined ? user : { kind: 'nat', hook, priority };
  }
  const priority = Object.hasOwn(priorities, table) ? priorities[table] : undefined;
  if (priority === undefined) return user;
  // A changed mark or address in mangle OUTPUT has the packet routed again.
  return { kind: table === 'mangle' && chain === 'OUTPUT' ? 'route' : 'filter', hook, priority };
}
