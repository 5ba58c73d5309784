import type { CauseCode, Rule } from '@vethscope/model';
import type { HookResult } from './netfilter.ts';
import { type Refusal, rejection } from './refusal.ts';
import { type End, ended, type Run } from './run.ts';
import type { Said, Say } from './sentences/sentences.ts';

/** What Docker means by a rule of its own that drops, by the chain that it stands in and by the comment that nft rules carry. */
function codeOf(rule: Rule, chainName: string, hook: string): CauseCode {
  if (rule.owner !== 'docker') return 'rule-dropped';
  switch (rule.comment) {
    case 'DROP DIRECT ACCESS':
      return 'direct-routing-dropped';
    case 'ICC':
      return 'icc-disabled';
    case 'UNPUBLISHED PORT DROP':
      return 'port-not-published';
    case 'INTERNAL NETWORK INGRESS':
    case 'INTERNAL NETWORK EGRESS':
      return 'internal-network';
    default:
      break;
  }
  if (chainName === 'PREROUTING' && hook === 'prerouting') return 'direct-routing-dropped';
  if (chainName === 'DOCKER-INTERNAL') return 'internal-network';
  if (chainName === 'DOCKER-ISOLATION-STAGE-1') return 'internal-network';
  if (chainName === 'DOCKER-ISOLATION-STAGE-2') return 'isolated-networks';
  if (chainName === 'DOCKER') return 'port-not-published';
  if (/-i (\S+) -o \1 -j DROP$/.test(rule.text)) return 'icc-disabled';
  return 'rule-dropped';
}

function wordsOf(code: CauseCode, { why, fix }: Say): { why: Said; fix: Said | null } {
  switch (code) {
    case 'direct-routing-dropped':
      return { why: why.directRouting, fix: fix.usePublishedPort };
    case 'icc-disabled':
      return { why: why.iccDisabled, fix: fix.enableIcc };
    case 'port-not-published':
      return { why: why.notPublished, fix: fix.publish };
    case 'internal-network':
      return { why: why.internal, fix: fix.connectToOpenNetwork };
    case 'isolated-networks':
      return { why: why.isolatedNetworks, fix: fix.connectToOther };
    default:
      return { why: why.ruleDrops, fix: null };
  }
}

/** The end of a packet that a chain dropped or rejected: the rule, what it means, and what would lift it. */
export function dropCause({ world, say }: Run, result: Exclude<HookResult, { verdict: 'accept' }>): End {
  if (result.verdict === 'unrouted') return result.end;
  const { verdict, by, chain, how, namespace, flight } = result;
  const place = `${chain.table.family} ${chain.table.name} ${chain.chain.name}`;
  if (by === null) {
    const sentence = say.cause.policyDrops(place);
    const fix =
      chain.table.backend === 'nftables'
        ? `nft add rule ${place} … accept`
        : `${chain.table.family === 'ip6' ? 'ip6tables' : 'iptables'} -t ${chain.table.name} -I ${chain.chain.name} … -j ACCEPT`;
    return ended('dropped', {
      code: chain.hook === 'forward' ? 'forward-drop' : 'policy-dropped',
      sentence,
      rule: chain.chain.id,
      fix,
      key: chain.chain.id,
    });
  }
  const chainName = world.snapshot.records.chain[by.chain]?.name ?? chain.chain.name;
  if (verdict === 'reject') {
    const sentence = say.cause.ruleRejects(by.text, `${chain.table.name} ${chainName}`, how);
    const refusal: Refusal = { namespace, flight, by: rejection(how, flight.family), attached: true };
    return ended('rejected', { code: 'rule-rejected', sentence, rule: by.id, key: by.id, refusal });
  }
  const code = codeOf(by, chainName, chain.hook);
  const { why, fix } = wordsOf(code, say);
  const sentence = say.cause.ruleDrops(by.text, `${chain.table.name} ${chainName}`, why);
  return ended('dropped', { code, sentence, rule: by.id, fix, key: by.id });
}
