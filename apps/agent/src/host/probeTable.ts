import { type AttributeValue, buildMessage, messageFlag } from './netlinkMessage.ts';
import { familyInet6 } from './networkName.ts';
import { addressBytes } from './socketAddress.ts';

/*
 * The table by which a live probe asks the kernel for its trace, as messages of nf_tables: pure, bytes only. It is the one thing that vethscope ever
 * writes into a host, and it changes no packet: its rules set `meta nftrace` on the probe's own packet and end.
 *
 * The table is owned (NFT_TABLE_F_OWNER, kernel 5.12): nobody else can change it, and the kernel removes it by itself when the socket that made it
 * is closed, so also when the agent is killed. Source: linux/netfilter/nf_tables.h, nft(8) "flags owner", net/netfilter/nf_tables_api.c.
 */

/** The same as the model's, which this thread does not load: its schemas would take as much memory as all the rest of it. */
export const probeTable = { family: 'inet', name: 'vethscope_probe' } as const;

/** `protocol` as IP has it. What is null may be anything; at least one of the two addresses or ports is given. */
export interface TraceMatch {
  family: 4 | 6;
  protocol: 'tcp' | 'udp' | 'icmp';
  source: string | null;
  destination: string | null;
  sourcePort: number | null;
  destinationPort: number | null;
  /** Of ICMP. */
  echoId: number | null;
  /** `request`: the first packet of a TCP connection, an echo request. `reply`: what answers it, a reset included. */
  direction: 'request' | 'reply';
}

const subsystem = 10 << 8; // NFNL_SUBSYS_NFTABLES
const type = { batchBegin: 16, batchEnd: 17, newTable: 0, deleteTable: 2, newChain: 3, newRule: 6 } as const;
const flag = { create: 0x400, exclusive: 0x200, append: 0x800 } as const;
const familyOfTable = 1; // NFPROTO_INET
const tableOwner = 2; // NFT_TABLE_F_OWNER
const policyAccept = 1; // NF_ACCEPT
const register = 1; // NFT_REG_1
const nested = 0x8000; // NLA_F_NESTED
const metaKey = { trace: 12, networkFamily: 15, transportProtocol: 16 } as const; // NFT_META_*
const base = { network: 1, transport: 2 } as const; // NFT_PAYLOAD_*
const equal = 0; // NFT_CMP_EQ
const notEqual = 1; // NFT_CMP_NEQ

/** Before all that anybody writes, so that no rule is missed. */
const priority = -2_000_000_000;
const chains = [
  { name: 'prerouting', hook: 0 },
  { name: 'output', hook: 3 },
] as const;

/** struct nfgenmsg: family, version, resource. */
const general = (family: number, resource = 0) => Buffer.from([family, 0, resource >> 8, resource & 0xff]);

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value, 0);
  return bytes;
}
const text = (value: string) => Buffer.from(`${value}\0`, 'utf8');

/** Attributes one behind the other, as the value of an attribute that holds others. */
function nest(attributes: readonly AttributeValue[]): Buffer {
  // A message without header and payload is just that.
  return buildMessage({
    type: 0,
    flags: 0,
    sequence: 0,
    payload: Buffer.alloc(0),
    attributes: [...attributes],
  }).subarray(16);
}
const group = (number: number, attributes: readonly AttributeValue[]): AttributeValue => ({
  type: number | nested,
  value: nest(attributes),
});

/** NFTA_LIST_ELEM with NFTA_EXPR_NAME and NFTA_EXPR_DATA. */
const expression = (name: string, data: readonly AttributeValue[]): AttributeValue =>
  group(1, [{ type: 1, value: text(name) }, group(2, data)]);

const compare = (value: Buffer, operator = equal): AttributeValue =>
  expression('cmp', [
    { type: 1, value: word(register) },
    { type: 2, value: word(operator) },
    group(3, [{ type: 1, value }]),
  ]);

const loadMeta = (key: number): AttributeValue =>
  expression('meta', [
    { type: 2, value: word(key) },
    { type: 1, value: word(register) },
  ]);

const loadPayload = (from: number, offset: number, length: number): AttributeValue =>
  expression('payload', [
    { type: 1, value: word(register) },
    { type: 2, value: word(from) },
    { type: 3, value: word(offset) },
    { type: 4, value: word(length) },
  ]);

const mask = (bits: number): AttributeValue =>
  expression('bitwise', [
    { type: 1, value: word(register) },
    { type: 2, value: word(register) },
    { type: 3, value: word(1) },
    group(4, [{ type: 1, value: Buffer.from([bits]) }]),
    group(5, [{ type: 1, value: Buffer.from([0]) }]),
  ]);

const setTrace: readonly AttributeValue[] = [
  expression('immediate', [{ type: 1, value: word(register) }, group(2, [{ type: 1, value: Buffer.from([1]) }])]),
  expression('meta', [
    { type: 2, value: word(metaKey.trace) },
    { type: 3, value: word(register) },
  ]),
];

const protocolNumbers = { tcp: 6, udp: 17, icmp: 1 } as const;
const icmp6 = 58;
const echoTypes = { 4: { request: 8, reply: 0 }, 6: { request: 128, reply: 129 } } as const;
const tcpFlags = { fin: 1, syn: 2, reset: 4, ack: 16 } as const;

function port(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number, 0);
  return bytes;
}

/** Throws a TypeError for an address that is none: callers have checked them. */
function address(value: string): Buffer {
  const bytes = addressBytes(value);
  if (bytes === null) throw new TypeError(`${value} is no address`);
  return bytes;
}

function expressionsOf(match: TraceMatch): AttributeValue[] {
  const six = match.family === 6;
  const length = six ? 16 : 4;
  const protocol = six && match.protocol === 'icmp' ? icmp6 : protocolNumbers[match.protocol];
  const list: AttributeValue[] = [
    loadMeta(metaKey.networkFamily),
    compare(Buffer.from([six ? familyInet6 : 2])),
    loadMeta(metaKey.transportProtocol),
    compare(Buffer.from([protocol])),
  ];
  if (match.source !== null) list.push(loadPayload(base.network, six ? 8 : 12, length), compare(address(match.source)));
  if (match.destination !== null)
    list.push(loadPayload(base.network, six ? 24 : 16, length), compare(address(match.destination)));
  if (match.protocol === 'icmp') {
    list.push(loadPayload(base.transport, 0, 1), compare(Buffer.from([echoTypes[match.family][match.direction]])));
    if (match.echoId !== null) list.push(loadPayload(base.transport, 4, 2), compare(port(match.echoId)));
    return [...list, ...setTrace];
  }
  if (match.sourcePort !== null) list.push(loadPayload(base.transport, 0, 2), compare(port(match.sourcePort)));
  if (match.destinationPort !== null)
    list.push(loadPayload(base.transport, 2, 2), compare(port(match.destinationPort)));
  if (match.protocol === 'tcp') {
    list.push(loadPayload(base.transport, 13, 1));
    if (match.direction === 'request')
      list.push(mask(tcpFlags.syn | tcpFlags.ack), compare(Buffer.from([tcpFlags.syn])));
    else list.push(mask(tcpFlags.syn | tcpFlags.reset), compare(Buffer.from([0]), notEqual));
  }
  return [...list, ...setTrace];
}

/** A batch: all of it is taken by the kernel, or nothing. `acknowledged` are the sequence numbers that it answers to. */
interface Batch {
  bytes: Buffer;
  acknowledged: number[];
}

function batch(first: number, messages: { type: number; flags: number; attributes: AttributeValue[] }[]): Batch {
  const control = (kind: number, sequence: number) =>
    buildMessage({ type: kind, flags: messageFlag.request, sequence, payload: general(0, 10) });
  const acknowledged: number[] = [];
  const built = messages.map((message, at) => {
    const sequence = first + 1 + at;
    acknowledged.push(sequence);
    return buildMessage({
      type: subsystem | message.type,
      flags: messageFlag.request | messageFlag.ack | message.flags,
      sequence,
      payload: general(familyOfTable),
      attributes: message.attributes,
    });
  });
  const last = first + messages.length + 1;
  return {
    bytes: Buffer.concat([control(type.batchBegin, first), ...built, control(type.batchEnd, last)]),
    acknowledged,
  };
}

/** Makes the table with a rule for each match on both hooks. `owned` false for kernels that know no owners. */
export function makeTable(matches: readonly TraceMatch[], given: { owned: boolean; sequence: number }): Batch {
  const table = { type: 1, value: text(probeTable.name) };
  return batch(given.sequence, [
    {
      type: type.newTable,
      flags: flag.create | flag.exclusive,
      attributes: [table, ...(given.owned ? [{ type: 2, value: word(tableOwner) }] : [])],
    },
    ...chains.map(({ name, hook }) => ({
      type: type.newChain,
      flags: flag.create,
      attributes: [
        table,
        { type: 3, value: text(name) },
        group(4, [
          { type: 1, value: word(hook) },
          { type: 2, value: word(priority) },
        ]),
        { type: 5, value: word(policyAccept) },
        { type: 7, value: text('filter') },
      ],
    })),
    ...chains.flatMap(({ name }) =>
      matches.map((match) => ({
        type: type.newRule,
        flags: flag.create | flag.append,
        attributes: [table, { type: 2, value: text(name) }, group(4, expressionsOf(match))],
      })),
    ),
  ]);
}

/** Takes the table away with all that is in it. */
export function removeTable(sequence: number): Batch {
  return batch(sequence, [
    { type: type.deleteTable, flags: 0, attributes: [{ type: 1, value: text(probeTable.name) }] },
  ]);
}
