import type { PolicyRuleReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import { familyName, formatAddress, hexadecimal, ipProtocolName, routeTypeName, tableName } from './networkName.ts';

/*
 * RTM_NEWRULE → one element of `ip -j rule show`. A range of ports is `dport_start` and `dport_end`, a single one `dport`, as
 * iproute2 has it. Source: linux/fib_rules.h, iproute2 ip/iprule.c print_rule().
 */

const infoLength = 12; // struct fib_rule_hdr
const attribute = {
  destination: 1,
  source: 2,
  inputLink: 3,
  goto: 4,
  priority: 6,
  mark: 10,
  suppressGroup: 13,
  suppressPrefix: 14,
  table: 15,
  mask: 16,
  outputLink: 17,
  l3mdev: 19,
  users: 20,
  ipProtocol: 22,
  sourcePorts: 23,
  destinationPorts: 24,
} as const;
const inverted = 0x2;
const inputDetached = 0x8;
const outputDetached = 0x10;
const unresolved = 0x4;
const action = { table: 1, goto: 2, nop: 3 } as const;
const none = 0xffffffff;

/** Null for other families than inet and inet6 (multicast routing has rules of its own), and for what is not a rule. */
export function decodePolicyRule(buffer: Buffer, start: number, end: number): PolicyRuleReading | null {
  if (end - start < infoLength) return null;
  const family = familyName(buffer.readUInt8(start));
  if (family === null) return null;
  const set = new AttributeSet(buffer, start + infoLength, end);
  const hostLength = family === 'inet' ? 32 : 128;
  const flags = buffer.readUInt32LE(start + 8);
  const src = formatSelector(set.bytes(attribute.source), buffer.readUInt8(start + 2), hostLength);
  const reading: PolicyRuleReading = { family, priority: set.u32(attribute.priority) ?? 0, src: src?.address ?? 'all' };
  if (src?.length !== undefined) reading.srclen = src.length;
  if ((flags & inverted) !== 0) reading.not = null;
  const dst = formatSelector(set.bytes(attribute.destination), buffer.readUInt8(start + 1), hostLength);
  if (dst !== undefined) reading.dst = dst.address;
  if (dst?.length !== undefined) reading.dstlen = dst.length;
  const tos = buffer.readUInt8(start + 3);
  if (tos !== 0) reading.tos = hexadecimal(tos);
  addMark(reading, set);
  addLinks(reading, set, flags);
  addTransport(reading, set);
  const tableId = set.u32(attribute.table) ?? buffer.readUInt8(start + 4);
  if (set.u8(attribute.l3mdev)) reading.l3mdev = null;
  else if (tableId !== 0) addTable(reading, set, tableId);
  addAction(reading, set, { action: buffer.readUInt8(start + 7), isUnresolved: (flags & unresolved) !== 0 });
  return reading;
}

function formatSelector(address: Buffer | undefined, length: number, hostLength: number) {
  const text = formatAddress(address);
  if (text === undefined) return length === 0 ? undefined : { address: '0', length };
  return length === hostLength ? { address: text } : { address: text, length };
}

function addMark(reading: PolicyRuleReading, set: AttributeSet) {
  const mark = set.u32(attribute.mark);
  const mask = set.u32(attribute.mask);
  if (mark === undefined && mask === undefined) return;
  reading.fwmark = hexadecimal(mark ?? 0);
  if (mask !== undefined && mask !== none) reading.fwmask = hexadecimal(mask);
}

function addLinks(reading: PolicyRuleReading, set: AttributeSet, flags: number) {
  const iif = set.text(attribute.inputLink);
  if (iif !== undefined) reading.iif = iif;
  if ((flags & inputDetached) !== 0) reading.iif_detached = null;
  const oif = set.text(attribute.outputLink);
  if (oif !== undefined) reading.oif = oif;
  if ((flags & outputDetached) !== 0) reading.oif_detached = null;
}

function addTransport(reading: PolicyRuleReading, set: AttributeSet) {
  const users = set.bytes(attribute.users);
  if (users !== undefined && users.length >= 8) {
    reading.uid_start = users.readUInt32LE(0);
    reading.uid_end = users.readUInt32LE(4);
  }
  const protocol = set.u8(attribute.ipProtocol);
  if (protocol !== undefined) reading.ipproto = ipProtocolName(protocol);
  for (const [type, name] of [
    [attribute.sourcePorts, 'sport'],
    [attribute.destinationPorts, 'dport'],
  ] as const) {
    const ports = set.bytes(type);
    if (ports === undefined || ports.length < 4) continue;
    const [first, last] = [ports.readUInt16LE(0), ports.readUInt16LE(2)];
    if (first === last) {
      reading[name] = first;
    } else {
      reading[`${name}_start`] = first;
      reading[`${name}_end`] = last;
    }
  }
}

function addTable(reading: PolicyRuleReading, set: AttributeSet, tableId: number) {
  reading.table = tableName(tableId);
  const prefix = set.u32(attribute.suppressPrefix);
  if (prefix !== undefined && prefix !== none) reading.suppress_prefixlen = prefix;
  const group = set.u32(attribute.suppressGroup);
  if (group !== undefined && group !== none) reading.suppress_ifgroup = group === 0 ? 'default' : String(group);
}

function addAction(reading: PolicyRuleReading, set: AttributeSet, rule: { action: number; isUnresolved: boolean }) {
  if (rule.action === action.goto) {
    const target = set.u32(attribute.goto);
    if (target !== undefined) reading.goto = target;
    if (rule.isUnresolved) reading.unresolved = null;
  } else if (rule.action === action.nop) {
    reading.nop = null;
  } else if (rule.action !== action.table) {
    reading.action = routeTypeName(rule.action);
  }
}
