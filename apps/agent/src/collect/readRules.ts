import { readFile } from 'node:fs/promises';
import type { NamespaceReadings, SourceName, SourceReport } from '@vethscope/model';
import type { RuleTable } from '../host/ruleTables.ts';
import type { ToolResult, ToolRun } from '../host/runTool.ts';
import { type NamespacePatch, type NamespaceState, sandboxIdOf } from './namespaceParts.ts';
import { type RuleSource, type RuleTool, ruleReport, ruleTools } from './ruleTools.ts';
import { report } from './sourceFailure.ts';

export interface RuleReadOptions {
  runTool: (run: ToolRun) => Promise<ToolResult>;
  isRoot: boolean;
  /** The tables of nf_tables in this namespace; null where that is not known: then every tool is asked. */
  tables: RuleTable[] | null;
  /** Whether legacy tables exist in the namespace that a process is in, "self" for ours. */
  legacyTables?: (family: 4 | 6, process: string) => Promise<boolean>;
}

/**
 * Which legacy tables a namespace has. The file is there only when the module is loaded, and reading it loads nothing; asking
 * iptables-legacy-save could load the modules, and so change the host.
 */
async function hasLegacyTables(family: 4 | 6, process: string): Promise<boolean> {
  const file = family === 4 ? 'ip_tables_names' : 'ip6_tables_names';
  return readFile(`/proc/${process}/net/${file}`, 'utf8').then(
    (text) => text.trim() !== '',
    () => false,
  );
}

/** Whether it has any of iptables-legacy, which knows no generation by which a change could be told. */
export async function hasAnyLegacyTable({ target }: NamespaceState): Promise<boolean> {
  const process = processIn(target);
  return (await hasLegacyTables(4, process)) || (await hasLegacyTables(6, process));
}

/** Whether any rule was read, or a chain that could have some. */
export const hasRules = (readings: NamespaceReadings): boolean =>
  [readings.iptables, readings.ip6tables, readings.iptablesLegacy, readings.ip6tablesLegacy, readings.nft].some(
    (text) => text !== undefined && text !== '',
  );

/** A process whose /proc/PID/net shows the namespace; one without a process has none that could be told. */
const processIn = ({ kind, pid }: NamespaceState['target']) => (kind === 'host' ? 'self' : String(pid ?? ''));

/** As iptables-save and as nft write it. nft's JSON is one line of any length: no part of this may run to its end for each rule. */
const namesIpset = /--match-set|"xt":\s*\{[^{}]*"set"/;

const ofIptables = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);

/**
 * Reads the rules of one namespace by the tools that people use. Of the host every tool is asked, so that it is known which of them work.
 *
 * A sandbox is asked for its tables first, over netlink, for some tens of microseconds: a tool is a process of 1 to 4 ms, and most sandboxes have
 * nothing, or (on networks of one's own) the one table in which Docker redirects DNS. So a hundred sandboxes cost at most a hundred
 * processes, not three hundred, and those on the default bridge none.
 */
export async function readRules(state: NamespaceState, options: RuleReadOptions): Promise<NamespacePatch> {
  const { target } = state;
  const legacyTables = options.legacyTables ?? hasLegacyTables;
  const process = processIn(target);
  const [legacy4, legacy6] = await Promise.all([legacyTables(4, process), legacyTables(6, process)]);
  const isHost = target.kind === 'host';
  const tables = isHost ? null : options.tables;
  const has = (family: string) =>
    tables === null || tables.some((table) => table.family === family && ofIptables.has(table.name));

  const readings: NamespacePatch['readings'] = {};
  const reports: SourceReport[] = [];
  let namesSets = false;
  const ask = async (tool: RuleTool): Promise<void> => {
    const result = await options.runTool(
      isHost ? { argv: tool.argv } : { argv: tool.argv, namespacePath: target.opens },
    );
    if (result.kind === 'ok') {
      readings[tool.source] = result.stdout;
      if (namesIpset.test(result.stdout)) namesSets = true;
    }
    const outcome = ruleReport(tool, result, { sandbox: sandboxIdOf(target), isRoot: options.isRoot, namesSets });
    if (outcome.status !== 'ok' || isHost) reports.push(outcome);
  };
  const askFor = async (source: RuleSource, isWanted: boolean): Promise<void> => {
    if (isWanted) await ask(ruleTools[source]);
  };

  // Without a table the tool prints nothing: that is what it would have been.
  if (!has('ip')) readings.iptables = '';
  if (!has('ip6')) readings.ip6tables = '';
  await Promise.all([
    askFor('iptables', has('ip')),
    askFor('ip6tables', has('ip6')),
    askFor('iptablesLegacy', legacy4),
    askFor('ip6tablesLegacy', legacy6),
    askFor('nft', tables === null),
  ]);
  if (tables !== null) await askFor('nft', !tables.every((table) => isPrinted(table, readings)));
  // On the host a set that no rule uses yet is worth showing; in a sandbox it is not worth a process each.
  await askFor('ipsets', isHost || namesSets);

  if (isHost) reports.push(...absentLegacy({ legacy4, legacy6 }));
  return { sources: Object.keys(ruleTools) as RuleSource[], readings, reports };
}

/** Whether iptables-save printed the whole of a table. It leaves out what somebody put in with nft: a chain more, a set. */
function isPrinted({ family, name, use }: RuleTable, readings: NamespacePatch['readings']): boolean {
  const text = family === 'ip' ? readings.iptables : family === 'ip6' ? readings.ip6tables : undefined;
  const lines = text?.split('\n') ?? [];
  const start = lines.indexOf(`*${name}`);
  if (start < 0) return false;
  const end = lines.indexOf('COMMIT', start);
  return lines.slice(start, end).filter((line) => line.startsWith(':')).length === use;
}

function absentLegacy({ legacy4, legacy6 }: { legacy4: boolean; legacy6: boolean }): SourceReport[] {
  const absent = (source: SourceName) =>
    report(source, 'sandbox:host', { status: 'absent', reason: 'The kernel has no legacy tables.' });
  return [...(legacy4 ? [] : [absent('iptablesLegacy')]), ...(legacy6 ? [] : [absent('ip6tablesLegacy')])];
}
