import type { Chain, Rule } from '@vethscope/model';
import { type Hook, indexRuleset } from '../build/rulesetIndex.ts';
import { hostId, type SnapshotIndex } from '../build/snapshotIndex.ts';
import type { MentioningRule } from './inspection.ts';

/** What rules may call a thing. `ids`: rules that are known to concern it, whatever they mention. */
export interface MentionKeys {
  addresses?: string[];
  links?: string[];
  ports?: number[];
  ids?: string[];
  sandbox?: string;
}

const hookOrder: Hook[] = ['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress'];

/** The rules that mention any of the keys, in the order in which a packet would meet them. */
export function mentioningRules(index: SnapshotIndex, keys: MentionKeys): MentioningRule[] {
  const addresses = new Set((keys.addresses ?? []).flatMap(addressForms));
  const links = keys.links ?? [];
  const ports = keys.ports ?? [];
  const ids = new Set(keys.ids);
  const found: MentioningRule[] = [];
  for (const chain of chainsInOrder(index, keys.sandbox ?? hostId)) {
    const table = index.snapshot.records.table[chain.table];
    chain.rules.forEach((id, position) => {
      const rule = index.snapshot.records.rule[id];
      if (!rule) return;
      const why = reason(rule, { addresses, links, ports, ids });
      if (why === null) return;
      const family = table?.family === 'ip6' ? 'ip6 ' : '';
      found.push({
        rule: id,
        chain: chain.id,
        place: `${family}${table?.name ?? ''} ${chain.name} ${position + 1}`,
        position: position + 1,
        text: rule.text,
        owner: rule.owner,
        why,
      });
    });
  }
  return found;
}

interface Sought {
  addresses: Set<string>;
  links: string[];
  ports: number[];
  ids: Set<string>;
}

function reason(rule: Rule, { addresses, links, ports, ids }: Sought): string | null {
  const { mentions, translation } = rule;
  for (const address of mentions.addresses) if (addresses.has(address)) return address;
  if (translation?.address && addresses.has(translation.address)) return translation.address;
  for (const name of mentions.links) {
    if (
      links.some(
        (link) => name === link || (/[+*]$/.test(name) && name.length > 1 && link.startsWith(name.slice(0, -1))),
      )
    )
      return name;
  }
  if (ids.has(rule.id)) return 'its translation';
  for (const range of mentions.ports) {
    const [from, to] = range.split('-').map(Number);
    if (ports.some((port) => port >= (from ?? Number.NaN) && port <= (to ?? from ?? Number.NaN)))
      return `port ${range}`;
  }
  return null;
}

/** An address as rules write it: with and without the length that says "this one only". A prefix stays what it is. */
function addressForms(address: string): string[] {
  if (address === '') return [];
  if (address.includes('/')) return [address];
  return [address, `${address}/${address.includes(':') ? 128 : 32}`];
}

function chainsInOrder(index: SnapshotIndex, sandbox: string): Chain[] {
  const ruleset = indexRuleset(index, sandbox);
  const order = new Set<Chain>();
  for (const hook of hookOrder) {
    for (const base of ruleset.baseChains(hook)) for (const chain of ruleset.reachable(base)) order.add(chain);
  }
  // Chains that nothing jumps to decide nothing, but may still mention the thing.
  for (const chain of Object.values(index.snapshot.records.chain)) if (chain.sandbox === sandbox) order.add(chain);
  return [...order];
}
