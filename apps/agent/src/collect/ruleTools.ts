import type { SourceReport } from '@vethscope/model';
import type { ToolResult } from '../host/runTool.ts';
import { report, rootFix } from './sourceFailure.ts';

export type RuleSource = 'iptables' | 'ip6tables' | 'iptablesLegacy' | 'ip6tablesLegacy' | 'nft' | 'ipsets';

/** A program that prints rules and changes nothing, and the package that brings it. */
export interface RuleTool {
  source: RuleSource;
  argv: [string, ...string[]];
  package: string;
}

export const ruleTools: Record<RuleSource, RuleTool> = {
  iptables: { source: 'iptables', argv: ['iptables-save', '-c'], package: 'iptables' },
  ip6tables: { source: 'ip6tables', argv: ['ip6tables-save', '-c'], package: 'iptables' },
  iptablesLegacy: { source: 'iptablesLegacy', argv: ['iptables-legacy-save', '-c'], package: 'iptables' },
  ip6tablesLegacy: { source: 'ip6tablesLegacy', argv: ['ip6tables-legacy-save', '-c'], package: 'iptables' },
  nft: { source: 'nft', argv: ['nft', '-j', '-a', 'list', 'ruleset'], package: 'nftables' },
  ipsets: { source: 'ipsets', argv: ['ipset', 'list', '-o', 'save'], package: 'ipset' },
};

/** How asking a tool went. `namesSets`: some rule names an ipset. */
export function ruleReport(
  tool: RuleTool,
  result: ToolResult,
  context: { sandbox: string; isRoot: boolean; namesSets: boolean },
): SourceReport {
  const [program] = tool.argv;
  const { tookMs } = result;
  const failed = (fault: SourceReport['fault'], reason: string, fix: string | null) =>
    report(tool.source, context.sandbox, { status: 'failed', fault, reason, fix, tookMs });
  const byHand = `See what it says: sudo ${tool.argv.join(' ')}`;
  switch (result.kind) {
    case 'ok':
      return report(tool.source, context.sandbox, { status: 'ok', tookMs });
    case 'notInstalled': {
      const reason = `${program} is not installed.`;
      if (tool.source !== 'ipsets' || context.namesSets) {
        return failed('notInstalled', reason, `sudo apt-get install ${tool.package}`);
      }
      return report(tool.source, context.sandbox, {
        status: 'absent',
        reason: `${reason} No rule names an ipset.`,
        tookMs,
      });
    }
    case 'timeout':
      return failed('timeout', `${program} did not end in time and was stopped.`, byHand);
    case 'crashed': {
      const isNft = tool.source === 'nft';
      const hint = isNft ? ' nft 1.0 does so on tables that nft 1.1 wrote.' : '';
      return failed(
        'crashed',
        `${program} crashed (${result.signal}).${hint}`,
        isNft ? 'Install nftables 1.1 or newer.' : byHand,
      );
    }
    case 'exited': {
      if (!context.isRoot) return failed('notRoot', `${program} shows rules to root only.`, rootFix);
      const said = result.stderr.trim().split('\n')[0] ?? '';
      return failed('exited', `${program} ended with ${result.code}: ${said.slice(0, 300)}`, byHand);
    }
    case 'tooLarge':
      return failed('tooLarge', `${program} printed more than vethscope reads.`, byHand);
  }
}
