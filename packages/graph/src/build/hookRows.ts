import type { Chain, Rule } from '@vethscope/model';
import type { GraphRow } from '../graph.ts';
import type { Hook, RulesetIndex } from './rulesetIndex.ts';

/** What a hook's panel tells: first each base chain with where it leads, then what it does to packets. */
export function hookRows(ruleset: RulesetIndex, hook: Hook): GraphRow[] {
  const bases = ruleset.baseChains(hook);
  const rows = bases.flatMap((chain) => baseRow(ruleset, chain, hook) ?? []);
  const telling = new Map<string, GraphRow>();
  for (const base of bases) {
    for (const chain of ruleset.reachable(base)) {
      for (const row of effectRows(ruleset, chain, hook)) {
        // What IPv4 and IPv6, or a rule for two ways in, say in the same words is one line that stands for all of them.
        const same = telling.get(row.text);
        if (same) same.records.push(...row.records);
        else telling.set(row.text, row);
      }
    }
  }
  // IPv6 twins at the end: there they are the first to be counted as "more".
  return [...rows.filter((row) => row.mark === null), ...telling.values(), ...rows.filter((row) => row.mark !== null)];
}

function familyMark(ruleset: RulesetIndex, chain: Chain): string | null {
  return ruleset.table(chain)?.family === 'ip6' ? 'v6' : null;
}

/** "nat → DOCKER", "raw 3 rules", "filter drops the rest". An empty chain that accepts decides nothing. */
function baseRow(ruleset: RulesetIndex, chain: Chain, hook: Hook): GraphRow | null {
  const rules = ruleset.rules(chain);
  const table = ruleset.table(chain);
  const drops = chain.policy === 'drop';
  if (rules.length === 0 && !drops) return null;
  // Docker's own tables hold chains of every kind: there the chain's name says which it is.
  const ofEveryKind = table?.owner === 'docker' && table.name.startsWith('docker');
  const name = ofEveryKind
    ? chain.name.replace(/-(PREROUTING|FORWARD|POSTROUTING|INPUT|OUTPUT)$/i, '')
    : (table?.name ?? chain.name);
  const jump = rules.length === 1 ? rules[0]?.jumpsTo[0]?.split('/').at(-1) : undefined;
  const does = jump ? `→ ${jump}` : `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  const rest = drops ? (hook === 'forward' || hook === 'input' ? ', else drop' : ', drop') : '';
  return {
    text: `${name} ${does}${rest}`,
    mark: familyMark(ruleset, chain),
    records: [chain.id, ...chain.rules],
    tone: drops ? 'bad' : 'note',
  };
}

function effectRows(ruleset: RulesetIndex, chain: Chain, hook: Hook): GraphRow[] {
  const rules = ruleset.rules(chain);
  switch (hook) {
    case 'prerouting':
    case 'postrouting':
      return rules.flatMap((rule) => translationRow(rule) ?? []);
    case 'forward':
    case 'input':
    case 'output':
    case 'ingress':
    case 'egress': {
      const translations = rules.flatMap((rule) => (hook === 'output' ? (translationRow(rule) ?? []) : []));
      if (chain.hook !== null) return translations;
      return [
        {
          text: chainWord(chain.name),
          mark: `${rules.length}`,
          records: [chain.id],
          tone: rules.length === 0 ? 'note' : 'fact',
        },
        ...translations,
      ];
    }
  }
}

/** ":8080 → 172.17.0.4:80", "172.17.0.0/16 masq.". */
function translationRow(rule: Rule): GraphRow | null {
  const { translation } = rule;
  if (!translation) return null;
  const common = { mark: null, records: [rule.id], tone: 'fact' as const };
  switch (translation.kind) {
    case 'dnat':
    case 'redirect': {
      const to = [translation.address ?? 'this host', translation.port].filter(Boolean).join(':');
      return { ...common, text: `:${matchedPort(rule) ?? 'any'} → ${to}` };
    }
    case 'snat':
      return { ...common, text: `${rule.mentions.addresses[0] ?? 'any'} snat ${translation.address ?? ''}`.trim() };
    case 'masquerade':
      return { ...common, text: `${rule.mentions.addresses[0] ?? 'any'} masq.` };
  }
}

function matchedPort(rule: Rule): string | undefined {
  if (rule.body.syntax === 'iptables') {
    for (const match of rule.body.matches) {
      if (match.kind === 'destinationPort') {
        const { from, to } = match.ports;
        return from === to ? `${from}` : `${from}–${to}`;
      }
    }
  }
  return rule.mentions.ports[0];
}

/** "filter-forward-in__docker0" is "in docker0": what of the name tells one chain from its neighbours. */
function chainWord(name: string): string {
  return name.replace(/^filter-forward-(in|out)__/, '$1 ');
}
