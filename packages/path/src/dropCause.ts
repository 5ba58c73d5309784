import type { CauseCode, Rule } from '@vethscope/model';
import type { HookResult } from './netfilter.ts';
import { type Refusal, rejection } from './refusal.ts';
import { type End, ended } from './run.ts';
import type { World } from './world.ts';

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

function wordsOf(code: CauseCode): { why: string; fix: string | null } {
  switch (code) {
    case 'direct-routing-dropped':
      return {
        why: 'Docker drops packets that come to a container’s own address by another link than its bridge',
        fix: 'reach it by a published port, or create the network with -o com.docker.network.bridge.gateway_mode_ipv4=routed',
      };
    case 'icc-disabled':
      return {
        why: 'the network forbids its containers to reach each other (icc=false)',
        fix: 'recreate the network with -o com.docker.network.bridge.enable_icc=true',
      };
    case 'port-not-published':
      return {
        why: 'the port is not published, and Docker drops what comes from outside of the network',
        fix: 'publish the port (-p)',
      };
    case 'internal-network':
      return {
        why: 'the network is internal: nothing passes between it and the outside',
        fix: 'docker network connect a network that is not internal',
      };
    case 'isolated-networks':
      return {
        why: 'Docker keeps its networks apart',
        fix: 'docker network connect one of the containers to the network of the other',
      };
    default:
      return { why: 'the rule drops it', fix: null };
  }
}

/** The end of a packet that a chain dropped or rejected: the rule, what it means, and what would lift it. */
export function dropCause(world: World, result: Exclude<HookResult, { verdict: 'accept' }>): End {
  if (result.verdict === 'unrouted') return result.end;
  const { verdict, by, chain, how, namespace, flight } = result;
  const place = `${chain.table.family} ${chain.table.name} ${chain.chain.name}`;
  if (by === null) {
    const sentence = `No rule of ${place} accepts it, and the policy is drop.`;
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
  const name = world.snapshot.records.chain[by.chain]?.name ?? chain.chain.name;
  if (verdict === 'reject') {
    const sentence = `“${by.text}” in ${chain.table.name} ${name} rejects it${how === '' ? '' : ` (${how})`}.`;
    const refusal: Refusal = { namespace, flight, by: rejection(how, flight.family), attached: true };
    return ended('rejected', { code: 'rule-rejected', sentence, rule: by.id, key: by.id, refusal });
  }
  const code = codeOf(by, name, chain.hook);
  const { why, fix } = wordsOf(code);
  const sentence = `“${by.text}” in ${chain.table.name} ${name} drops it: ${why}.`;
  return ended('dropped', { code, sentence, rule: by.id, fix, key: by.id });
}
