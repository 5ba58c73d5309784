import type { Chain, Rule, Table } from '@vethscope/model';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { fact, section } from './facts.ts';
import type { Inspection, MentioningRule } from './inspection.ts';

export function inspectRule(index: SnapshotIndex, rule: Rule): Inspection {
  const chain = index.snapshot.records.chain[rule.chain];
  const table = chain ? index.snapshot.records.table[chain.table] : undefined;
  const position = chain ? chain.rules.indexOf(rule.id) + 1 : 0;
  const { translation } = rule;
  const target = translation
    ? [translation.kind, [translation.address, translation.port].filter(Boolean).join(':')].filter(Boolean).join(' to ')
    : (rule.verdict ?? '');
  return {
    record: rule.id,
    kind: 'rule',
    title: `${chain?.name ?? 'chain'} ${position}`,
    subtitle: [table ? `${table.family} ${table.name}` : '', `written by ${rule.owner}`].filter(Boolean).join(' · '),
    state: rule.unparsed === null ? null : { text: 'not fully understood', tone: 'warn' },
    sections: [
      ...section('Rule', [
        fact('Text', rule.text),
        fact('Does', target),
        rule.comment === null ? null : fact('Comment', rule.comment, { words: true }),
        rule.unparsed === null ? null : fact('Not understood', rule.unparsed, { tone: 'warn' }),
        rule.handle === null ? null : fact('Handle', String(rule.handle)),
        chain ? fact('Chain', chain.name, { records: [chain.id] }) : null,
        ...rule.jumpsTo.map((id) => fact('Jumps to', index.snapshot.records.chain[id]?.name ?? id, { records: [id] })),
      ]),
      ...section('Mentions', [
        fact('Addresses', rule.mentions.addresses.join(', ')),
        fact('Links', rule.mentions.links.join(', '), {
          records: index
            .linksOf(rule.sandbox)
            .filter((link) => rule.mentions.links.includes(link.name))
            .map(({ id }) => id),
        }),
        fact('Ports', rule.mentions.ports.join(', ')),
        fact('Sets', rule.mentions.sets.join(', ')),
      ]),
    ],
    rules: [],
    neighbours: [],
    labels: [],
    counters: [],
  };
}

export function inspectChain(index: SnapshotIndex, chain: Chain): Inspection {
  const table = index.snapshot.records.table[chain.table];
  const callers = Object.values(index.snapshot.records.rule).filter((rule) => rule.jumpsTo.includes(chain.id));
  return {
    record: chain.id,
    kind: 'chain',
    title: chain.name,
    subtitle: [
      table ? `${table.family} ${table.name}` : '',
      chain.hook === null ? 'user chain' : `hook ${chain.hook}, priority ${chain.priority}`,
      `written by ${chain.owner}`,
    ]
      .filter(Boolean)
      .join(' · '),
    state:
      chain.policy === null
        ? null
        : { text: `policy ${chain.policy}`, tone: chain.policy === 'drop' ? 'warn' : 'quiet' },
    sections: section('Chain', [
      fact('Rules', String(chain.rules.length)),
      table ? fact('Table', table.name, { records: [table.id] }) : null,
      fact('Devices', chain.devices.join(', ')),
    ]),
    rules: ruleList(index, chain),
    neighbours: callers.map((rule) =>
      fact('called by', index.snapshot.records.chain[rule.chain]?.name ?? '', { records: [rule.chain, rule.id] }),
    ),
    labels: [],
    counters: [],
  };
}

function ruleList(index: SnapshotIndex, chain: Chain): MentioningRule[] {
  const table = index.snapshot.records.table[chain.table];
  return chain.rules.flatMap((id, position) => {
    const rule = index.snapshot.records.rule[id];
    if (!rule) return [];
    return [
      {
        rule: id,
        chain: chain.id,
        place: `${table?.name ?? ''} ${chain.name} ${position + 1}`,
        position: position + 1,
        text: rule.text,
        owner: rule.owner,
        why: '',
      },
    ];
  });
}

export function inspectTable(index: SnapshotIndex, table: Table): Inspection {
  const chains = table.chains.flatMap((id) => index.snapshot.records.chain[id] ?? []);
  return {
    record: table.id,
    kind: 'table',
    title: `${table.family} ${table.name}`,
    subtitle: `${table.backend} · written by ${table.owner}`,
    state: null,
    sections: section(
      'Chains',
      chains.map((chain) =>
        fact(chain.name, `${chain.rules.length} rules${chain.hook === null ? '' : ` · ${chain.hook}`}`, {
          records: [chain.id],
        }),
      ),
    ),
    rules: [],
    neighbours: [],
    labels: [],
    counters: [],
  };
}
