import type { Chain, Snapshot, Table } from '@vethscope/model';
import { type CommandList, safeName } from './recordCommand.ts';

/** The tool that shows a table: the two iptables are two programs for two rule sets of the kernel. */
function iptablesTool(table: Table): string | null {
  const six = table.family === 'ip6';
  switch (table.backend) {
    case 'iptables-nft':
      return six ? 'ip6tables' : 'iptables';
    case 'iptables-legacy':
      return six ? 'ip6tables-legacy' : 'iptables-legacy';
    case 'nftables':
      return null;
  }
}

export function chainCommands(list: CommandList, snapshot: Snapshot, chain: Chain): void {
  const table = snapshot.records.table[chain.table];
  if (!table) return;
  const [name, of] = [safeName('chain', chain.name), safeName('chain', table.name)];
  const tool = iptablesTool(table);
  if (tool === null) {
    list.add(
      `nft-chain-${chain.name}`,
      `Chain ${chain.name}`,
      ['nft', '-a', 'list', 'chain', table.family, of, name],
      chain.sandbox,
    );
    return;
  }
  list.add(
    `iptables-chain-${chain.name}`,
    `Chain ${chain.name}, with counters`,
    [tool, '-t', of, '-L', name, '-n', '-v', '--line-numbers'],
    chain.sandbox,
  );
  list.add(`iptables-rules-${chain.name}`, 'Its rules as they were given', [tool, '-t', of, '-S', name], chain.sandbox);
}

export function tableCommands(list: CommandList, table: Table): void {
  const of = safeName('chain', table.name);
  const tool = iptablesTool(table);
  if (tool === null)
    list.add('nft-table', `Table ${table.name}`, ['nft', '-a', 'list', 'table', table.family, of], table.sandbox);
  else
    list.add(
      'iptables-table',
      `Table ${table.name}`,
      [tool, '-t', of, '-L', '-n', '-v', '--line-numbers'],
      table.sandbox,
    );
}
