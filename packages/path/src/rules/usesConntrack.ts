import type { Family, IptablesBody, NetfilterFamily, NftBody, NftExpression, Rule } from '@vethscope/model';
import { fieldsOf } from './nftFields.ts';

/** Modules of iptables that a snapshot cannot tell the answer of, and that ask conntrack. */
const asking: ReadonlySet<string> = new Set([
  'cluster',
  'connbytes',
  'connlabel',
  'connlimit',
  'CLUSTERIP',
  'CONNSECMARK',
  'SYNPROXY',
]);

/**
 * Whether a rule, by being there, has conntrack look at the packets of a family: in a namespace without such a rule nothing is tracked, and no nat chain
 * is asked. NOTRACK alone is none. What is not understood is taken for one. Source: kernel nf_conntrack_proto.c nf_ct_netns_get and its callers.
 */
export function usesConntrack({ body }: Rule, { table, family }: { table: NetfilterFamily; family: Family }): boolean {
  if (table !== 'inet' && table !== 'bridge' && table !== (family === 4 ? 'ip' : 'ip6')) return false;
  return body.syntax === 'iptables' ? iptablesUses(body) : nftUses(body, family);
}

function iptablesUses({ matches, target }: IptablesBody): boolean {
  return matches.some((match) => matchUses(match)) || (target !== null && targetUses(target));
}

function matchUses(match: IptablesBody['matches'][number]): boolean {
  switch (match.kind) {
    case 'ctState':
    case 'ctStatus':
    case 'ctDirection':
    case 'ctProtocol':
    case 'ctAddress':
    case 'ctPort':
    case 'ctHelper':
    case 'connmark':
    case 'unknown':
      return true;
    case 'stateful':
      return asking.has(match.module);
    default:
      return false;
  }
}

function targetUses(target: NonNullable<IptablesBody['target']>): boolean {
  switch (target.kind) {
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
    case 'netmap':
    case 'connmark':
    case 'unknown':
      return true;
    case 'ct':
      return !target.notrack;
    case 'passing':
    case 'stateful':
      return asking.has(target.name);
    default:
      return false;
  }
}

function nftUses({ statements }: NftBody, family: Family): boolean {
  return statements.some(({ kind, value }) => {
    switch (kind) {
      case 'dnat':
      case 'snat': {
        // In a table of family inet, a translation to an address is for the family of that address alone.
        const of = fieldsOf(value)?.family;
        return of === undefined || of === (family === 4 ? 'ip' : 'ip6');
      }
      case 'masquerade':
      case 'redirect':
      case 'ctCount':
      case 'ctHelper':
      case 'ctTimeout':
      case 'ctExpectation':
      case 'flow':
      case 'synproxy':
      case 'xt':
      case 'unknown':
        return true;
      default:
        return asksConntrack(value);
    }
  });
}

/** An expression `ct`, wherever it stands. */
function asksConntrack(value: NftExpression): boolean {
  if (Array.isArray(value)) return value.some(asksConntrack);
  const fields = fieldsOf(value);
  return fields !== null && Object.entries(fields).some(([key, inner]) => key === 'ct' || asksConntrack(inner));
}
