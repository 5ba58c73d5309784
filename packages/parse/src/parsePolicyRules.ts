import { type Family, ids, PolicyRule, PolicyRuleReading } from '@vethscope/model';
import { prefixText } from './addressText.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

const PolicyAction = PolicyRule.shape.action;

function selector(address: string | undefined, length: number | undefined, family: Family): string | null | undefined {
  if (address === undefined || address === 'all') return null;
  return prefixText(length === undefined ? address : `${address}/${length}`, family) ?? undefined;
}

function markOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : undefined;
}

/** A single port is `sport`, a range `sport_start` and `sport_end`. */
function portsOf(reading: PolicyRuleReading, name: 'sport' | 'dport'): string | null {
  const one = reading[name];
  if (one !== undefined) return String(one);
  const start = reading[`${name}_start`];
  const end = reading[`${name}_end`];
  return typeof start === 'number' && typeof end === 'number' ? `${start}-${end}` : null;
}

function actionOf(reading: PolicyRuleReading): string {
  if (reading.goto !== undefined) return 'goto';
  return reading.action ?? 'lookup';
}

/** The routing policy of one namespace, from the elements of `ip -j -4|-6 rule show`. Source: iproute2 ip/iprule.c print_rule. */
export function parsePolicyRules(readings: unknown, sandbox: string): Parsed<PolicyRule> {
  const warnings = new WarningList('policyRules', sandbox);
  const unique = new UniqueIds();
  const records: PolicyRule[] = [];
  readElements(readings, PolicyRuleReading, {
    warnings,
    each: (reading) => {
      const family = reading.family === 'inet' ? 4 : 6;
      const from = selector(reading.src, reading.srclen, family);
      const to = selector(reading.dst, reading.dstlen, family);
      if (from === undefined || to === undefined) return 'a selector is not a prefix of its family';
      const mark = markOf(reading.fwmark);
      const markMask = markOf(reading.fwmask);
      if (mark === undefined || markMask === undefined) return 'its mark is not a number';
      const action = PolicyAction.safeParse(actionOf(reading));
      if (!action.success) return `"${actionOf(reading)}" is not an action that is known here`;
      const table = reading.table === undefined ? null : String(reading.table);
      if (action.data === 'lookup' && table === null) return 'it looks up no table';
      const key = [family, reading.priority, from ?? 'all', to ?? 'all', reading.fwmark ?? '', table ?? action.data];
      records.push({
        type: 'policyRule',
        id: unique.take(`policyRule:${ids.sandboxKey(sandbox)}/${key.join('/')}`),
        sandbox,
        family,
        priority: reading.priority,
        // iproute2 prints the key with a null where the selector is inverted.
        not: 'not' in reading,
        from,
        to,
        mark,
        markMask,
        iif: reading.iif ?? null,
        oif: reading.oif ?? null,
        protocol: reading.ipproto ?? null,
        sourcePorts: portsOf(reading, 'sport'),
        destinationPorts: portsOf(reading, 'dport'),
        uids: reading.uid_start === undefined ? null : `${reading.uid_start}-${reading.uid_end ?? reading.uid_start}`,
        tos: reading.tos ?? null,
        action: action.data,
        table,
        gotoPriority: reading.goto ?? null,
        suppressPrefixLength: reading.suppress_prefixlen ?? null,
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
