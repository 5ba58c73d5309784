import type { IptablesBody, IptablesTarget } from '@vethscope/model';
import { untracked } from '../flight.ts';
import { bitsOf, ipNumber, ipRange, ipText } from '../ipNumber.ts';
import { describeIptables } from './describeMatch.ts';
import { matchIptables } from './iptablesMatch.ts';
import { openEffect } from './openEffect.ts';
import { type Action, passing, type RuleContext, type RuleOutcome, type Translation } from './ruleContext.ts';

/** Runs an iptables rule: every match must hold, then its target. Source: kernel ip_tables.c ipt_do_table. */
export function evaluateIptables(body: IptablesBody, context: RuleContext): RuleOutcome {
  let matched: RuleOutcome['matched'] = 'yes';
  // A rule that only logs or counts changes no way: whether it matches need not be known.
  const isHarmless = body.target === null || body.target.kind === 'passing';
  for (const match of body.matches) {
    const answer = matchIptables(match, context);
    if (answer === true) continue;
    if (answer === false)
      return { matched: 'no', failed: context.brief ? '' : describeIptables(match), action: passing };
    if (isHarmless) return { matched: 'depends', failed: answer.depends, action: passing };
    matched = 'depends';
    const at = context.rule?.id ?? context.chain.id;
    if (!context.decisions.ask({ at, why: answer.depends, kind: answer.kind })) {
      return { matched, failed: answer.depends, action: passing };
    }
  }
  const action = body.target === null ? passing : act(body.target, context);
  return { matched, failed: null, action };
}

const translate = (translation: Translation): Action => ({ kind: 'translate', translation });

/** Targets that go on change the packet in the context. Sources: kernel xt_DNAT, xt_mark.c, xt_connmark.c, xt_CT.c, xt_TPROXY.c. */
function act(target: IptablesTarget, context: RuleContext): Action {
  const { flight } = context;
  switch (target.kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return { kind: target.kind };
    case 'reject':
      return { kind: 'reject', with: target.with };
    case 'jump':
    case 'goto':
      return { kind: target.kind, chain: target.chain };
    case 'dnat':
    case 'snat': {
      const { address, addressTo, ports, portBase } = target;
      if (addressTo !== null && addressTo !== address) {
        const why = context.why.addressByHash(`${address}-${addressTo}`);
        return openEffect(context, { why, modelled: true });
      }
      return translate({ side: target.kind === 'dnat' ? 'destination' : 'source', address, ports, portBase });
    }
    case 'masquerade':
      return translate({ side: 'source', address: 'masquerade', ports: target.ports, portBase: null });
    case 'redirect':
      return translate({ side: 'destination', address: 'redirect', ports: target.ports, portBase: null });
    case 'netmap':
      return netmap(target.to, context);
    case 'npt':
      return openEffect(context, { why: context.why.prefixTranslation(target.to), modelled: false });
    case 'mark':
      context.flight = { ...flight, mark: ((flight.mark & ~target.mask) ^ target.value) >>> 0 };
      return passing;
    case 'connmark':
      return connmark(target, context);
    case 'notrack':
      context.flight = untracked(flight);
      return passing;
    case 'ct':
      if (target.notrack) context.flight = untracked(flight);
      return passing;
    case 'tproxy':
      context.flight = {
        ...flight,
        mark: ((flight.mark & ~target.mask) ^ target.value) >>> 0,
        transparent: { address: target.address, port: target.port === 0 ? (flight.destinationPort ?? 0) : target.port },
      };
      return { kind: 'accept' };
    case 'queue':
      return openEffect(context, { why: context.why.programDecides('NFQUEUE'), modelled: true });
    case 'passing':
      return passing;
    case 'stateful':
      return openEffect(context, { why: context.why.doesByMore(target.name), modelled: true });
    case 'unknown': {
      const why = context.why.targetNotModelled([target.name, ...target.words].join(' '));
      return openEffect(context, { why, modelled: false });
    }
    default: {
      const never: never = target;
      return never;
    }
  }
}

function connmark(target: Extract<IptablesTarget, { kind: 'connmark' }>, context: RuleContext): Action {
  const { connection, mark } = context.flight;
  if (connection === null) return passing;
  switch (target.operation) {
    case 'set':
      connection.mark = ((connection.mark & ~target.mask) ^ target.value) >>> 0;
      return passing;
    case 'save':
      connection.mark = ((connection.mark & ~target.ctMask) ^ (mark & target.nfMask)) >>> 0;
      return passing;
    case 'restore':
      context.flight = {
        ...context.flight,
        mark: ((mark & ~target.nfMask) ^ (connection.mark & target.ctMask)) >>> 0,
      };
      return passing;
    default: {
      const never: never = target.operation;
      return never;
    }
  }
}

/** The host part of the address stays, the network becomes another. Source: kernel xt_NETMAP.c. */
function netmap(to: string, context: RuleContext): Action {
  const side = context.hook === 'prerouting' || context.hook === 'output' ? 'destination' : 'source';
  const range = ipRange(to);
  const address = ipNumber(side === 'destination' ? context.flight.destination : context.flight.source);
  if (range === null || address === null || range.family !== address.family) {
    return openEffect(context, { why: context.why.networkNotUnderstood(to), modelled: false });
  }
  const size = 1n << BigInt(bitsOf(range.family) - range.length);
  const value = range.low + (address.value % size);
  return translate({ side, address: ipText({ family: range.family, value }), ports: null, portBase: null });
}
