import type { NftBody, NftExpression, NftStatement } from '@vethscope/model';
import { untracked } from '../flight.ts';
import { isInPrefix } from '../ipNumber.ts';
import type { Said } from '../sentences/sentences.ts';
import { describeNftMatch } from './describeMatch.ts';
import { literalIn, magnitude } from './nftDomain.ts';
import type { NftReading } from './nftField.ts';
import { fieldsOf } from './nftFields.ts';
import { matchNft } from './nftMatch.ts';
import { lookUpMap } from './nftSet.ts';
import { literalValue, maskIn, readNft } from './nftValue.ts';
import { openEffect } from './openEffect.ts';
import { type Action, passing, type RuleContext, type RuleOutcome } from './ruleContext.ts';

const stop = (failed: string): RuleOutcome => ({ matched: 'no', failed, action: passing });

/** Runs the statements of an nft rule one after the other; one that does not match ends the rule. Source: kernel nf_tables_core.c nft_do_chain. */
export function evaluateNft(body: NftBody, context: RuleContext): RuleOutcome {
  let matched: RuleOutcome['matched'] = 'yes';
  const isHarmless = body.statements.every(({ kind }) => harmless.has(kind));
  for (const statement of body.statements) {
    if (isHarmless && statement.kind === 'limit') return { matched: 'depends', failed: 'limit', action: passing };
    if (statement.kind === 'match') {
      const answer = matchNft(statement.value, context);
      if (answer === false) return stop(describe(statement, context));
      if (answer === true) continue;
      if (isHarmless) return { matched: 'depends', failed: answer.depends, action: passing };
      matched = 'depends';
      const at = context.rule?.id ?? context.chain.id;
      if (!context.decisions.ask({ at, why: answer.depends, kind: answer.kind })) {
        return { matched, failed: answer.depends, action: passing };
      }
      continue;
    }
    const asked = context.decisions.taken.length;
    const result = perform(statement, context, body);
    if (context.decisions.taken.length > asked) matched = 'depends';
    if (result === null) continue;
    if (result === 'break')
      return { matched: matched === 'depends' ? matched : 'no', failed: describe(statement, context), action: passing };
    if (result.kind === 'open') {
      const action = openEffect(context, result);
      matched = 'depends';
      if (action.kind === 'continue') continue;
      return { matched, failed: null, action };
    }
    return { matched, failed: null, action: result };
  }
  return { matched, failed: null, action: passing };
}

function describe({ kind, value }: NftStatement, { brief }: RuleContext): string {
  if (brief) return '';
  return kind === 'match' ? describeNftMatch(value) : kind;
}

interface Open {
  kind: 'open';
  why: Said;
  modelled: boolean;
}

const open = (why: Said, modelled = true): Open => ({ kind: 'open', why, modelled });

function openAt({ rule, chain, why }: RuleContext, kind: string): { at: string; why: Said } {
  return { at: rule?.id ?? chain.id, why: why.packetsBefore(kind) };
}

/** Statements that change nothing which decides a way: what they wait for need not be known. */
const harmless: ReadonlySet<string> = new Set(['counter', 'log', 'lastUsed', 'limit', 'match', 'continue']);

/** null: goes on. "break": the rule ends without a match. */
function perform(statement: NftStatement, context: RuleContext, body: NftBody): Action | Open | 'break' | null {
  const { kind, value } = statement;
  switch (kind) {
    case 'match':
    case 'counter':
    case 'log':
    case 'continue':
    case 'lastUsed':
    case 'ctHelper':
    case 'ctTimeout':
    case 'ctExpectation':
    case 'secmark':
    case 'reset':
    case 'flow':
    case 'dup':
      return null;
    case 'accept':
    case 'drop':
    case 'return':
      return { kind };
    case 'jump':
    case 'goto':
      return { kind, chain: String(fieldsOf(value)?.target) };
    case 'reject':
      return reject(body, statement, context);
    case 'vmap':
      return verdictMap(value, context);
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
      return translation(kind, value, context);
    case 'mangle':
      return mangle(value, context);
    case 'notrack':
      context.flight = untracked(context.flight);
      return null;
    case 'tproxy':
      return transparent(value, context);
    case 'set':
    case 'map':
      // Elements of a dynamic set may carry a limit of their own.
      return fieldsOf(value)?.stmt === undefined || !context.decisions.ask(openAt(context, kind)) ? null : 'break';
    case 'limit':
    case 'ctCount':
    case 'quota':
    case 'meter': {
      return context.decisions.ask(openAt(context, kind)) ? null : 'break';
    }
    case 'queue':
      return open(context.why.programDecides('queue'));
    case 'synproxy':
      return open(context.why.synproxyAnswers);
    case 'fwd':
    case 'tunnel':
    case 'xt':
    case 'unknown':
      return open(context.why.statementNotModelled(`${kind} ${JSON.stringify(value)}`), false);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/**
 * A rule that rejects with ICMP is for IPv4, one with ICMPv6 for IPv6, whether or not it is printed with the family. Of one that rejects with a reset in
 * an inet table nft leaves out what the rule says of the family, where nothing but matches stands between. Source: nftables
 * netlink_delinearize.c stmt_reject_postprocess.
 */
function reject(body: NftBody, statement: NftStatement, context: RuleContext): Action | 'break' {
  const fields = fieldsOf(statement.value);
  const { family } = context.flight;
  if (fields?.type === (family === 4 ? 'icmpv6' : 'icmp')) return 'break';
  if (fields?.type === 'tcp reset' && context.table.family === 'inet' && familyMayBeLost(body, statement)) {
    const why = context.why.rejectFamily;
    if (context.decisions.ask({ at: context.rule?.id ?? context.chain.id, why })) return 'break';
  }
  // A reset answers TCP alone: nft adds the match that says so, and does not print it. Source: nftables evaluate.c stmt_evaluate_reset.
  if (fields?.type === 'tcp reset' && context.flight.protocol !== 'tcp') return 'break';
  const words = [fields?.type, fields?.expr].filter((word) => word !== undefined);
  return { kind: 'reject', with: words.map(String).join(' ') };
}

function familyMayBeLost({ statements }: NftBody, reject: NftStatement): boolean {
  const before = statements.slice(0, statements.indexOf(reject));
  const says = /"(?:protocol":"(?:ip6?|icmp|icmpv6)"|key":"(?:nfproto|protocol)")/;
  return before.at(-1)?.kind === 'match' && !before.some(({ value }) => says.test(JSON.stringify(value)));
}

function verdictMap(value: NftExpression, context: RuleContext): Action | Open | 'break' {
  const fields = fieldsOf(value);
  const key = readNft(fields?.key ?? null, context);
  if (key.kind === 'absent') return 'break';
  if (key.kind === 'open') return open(key.why, key.modelled);
  const found = lookUpMap(key.value, fields?.data ?? null, context);
  if (found.kind === 'missing') return 'break';
  if (found.kind === 'open') return key.kind === 'partly' ? open(key.why, key.modelled) : open(found.why, false);
  const verdict = fieldsOf(found.data);
  const name = verdict === null ? String(found.data) : (Object.keys(verdict)[0] ?? '');
  switch (name) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { kind: name };
    case 'jump':
    case 'goto':
      return { kind: name, chain: String(fieldsOf(verdict?.[name])?.target ?? verdict?.[name]) };
    default:
      return open(context.why.verdictNotUnderstood(JSON.stringify(found.data)), false);
  }
}

/** The value of an address or port in a translation: a literal, or an expression with a map. */
function operand(value: NftExpression, context: RuleContext): NftReading {
  const fields = fieldsOf(value);
  return fields === null || fields.concat !== undefined ? literalValue(value, context) : readNft(value, context);
}

function portsOf(value: NftExpression | undefined, context: RuleContext): { from: number; to: number } | null | 'open' {
  if (value === undefined) return null;
  const range = fieldsOf(value)?.range;
  if (Array.isArray(range)) {
    const [from, to] = range.map(Number);
    return from === undefined || to === undefined ? 'open' : { from, to };
  }
  const reading = operand(value, context);
  if (reading.kind !== 'value' || Array.isArray(reading.value)) return 'open';
  const port = Number(reading.value.value);
  return Number.isNaN(port) ? 'open' : { from: port, to: port };
}

function translation(
  kind: 'dnat' | 'snat' | 'masquerade' | 'redirect',
  value: NftExpression,
  context: RuleContext,
): Action | Open | 'break' {
  const fields = fieldsOf(value) ?? {};
  const side = kind === 'snat' || kind === 'masquerade' ? 'source' : 'destination';
  const ports = portsOf(fields.port, context);
  if (ports === 'open') return open(context.why.portNotUnderstood, false);
  if (kind === 'masquerade' || kind === 'redirect') {
    return { kind: 'translate', translation: { side, address: kind, ports, portBase: null } };
  }
  if (fields.addr === undefined)
    return { kind: 'translate', translation: { side, address: null, ports, portBase: null } };
  const prefix = fieldsOf(fieldsOf(fields.addr)?.prefix);
  if (prefix !== null) return open(context.why.nftNetmap, false);
  const range = fieldsOf(fields.addr)?.range;
  if (Array.isArray(range)) {
    return open(context.why.addressByHash(range.map(String).join('-')));
  }
  const reading = operand(fields.addr, context);
  if (reading.kind === 'absent') return 'break';
  if (reading.kind !== 'value') return open(reading.why, reading.modelled);
  const [address, port] = [reading.value].flat();
  if (
    address === undefined ||
    literalIn('address', address.value) === null ||
    isInPrefix(String(address.value), '::/0') === null
  ) {
    return open(context.why.addressNotUnderstood, false);
  }
  const own = port === undefined ? ports : { from: Number(port.value), to: Number(port.value) };
  return { kind: 'translate', translation: { side, address: String(address.value), ports: own, portBase: null } };
}

function mangle(value: NftExpression, context: RuleContext): Open | 'break' | null {
  const fields = fieldsOf(value);
  const target = fieldsOf(fields?.key);
  const isMark = fieldsOf(target?.meta)?.key === 'mark';
  const isCtMark = fieldsOf(target?.ct)?.key === 'mark';
  if (!isMark && !isCtMark) {
    const payload = fieldsOf(target?.payload)?.field;
    const moves = payload !== undefined && ['saddr', 'daddr', 'sport', 'dport'].includes(String(payload));
    return moves ? open(context.why.changedUntracked(String(payload)), false) : null;
  }
  const source = fields?.value ?? null;
  const literal = maskIn('mark', source);
  const reading: NftReading =
    literal === null ? readNft(source, context) : { kind: 'value', value: { domain: 'mark', value: Number(literal) } };
  // What has no value ends the rule there (NFT_BREAK): a header of another protocol, a map without the key, no connection.
  if (reading.kind === 'absent') return 'break';
  if (reading.kind !== 'value') return open(reading.why, reading.modelled);
  const number = Array.isArray(reading.value) ? null : magnitude(reading.value.domain, reading.value.value);
  if (number === null) return open(context.why.markNotUnderstood, false);
  const mark = Number(BigInt.asUintN(32, number));
  if (isMark) context.flight = { ...context.flight, mark };
  else if (context.flight.connection !== null) context.flight.connection.mark = mark;
  return null;
}

function transparent(value: NftExpression, context: RuleContext): Open | null {
  const fields = fieldsOf(value);
  const port = Number(fields?.port ?? context.flight.destinationPort);
  const address = typeof fields?.addr === 'string' ? fields.addr : null;
  if (Number.isNaN(port)) return open(context.why.tproxyPortNotUnderstood, false);
  context.flight = { ...context.flight, transparent: { address, port } };
  return null;
}
