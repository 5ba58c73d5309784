import { AttributeSet, type NetlinkMessage } from './netlinkMessage.ts';
import { formatAddress } from './networkName.ts';

/*
 * What the kernel says of a traced packet: one message for each rule that matched and each policy that ended a base chain. It is what `nft monitor
 * trace` prints. Pure. Source: linux/netfilter/nf_tables.h NFTA_TRACE_*, net/netfilter/nf_tables_trace.c.
 */

/** The headers of a packet on its way in a namespace, of a protocol that probes have; links by ifindex. */
export interface TracedHeader {
  family: 4 | 6;
  protocol: 'tcp' | 'udp' | 'icmp';
  source: string;
  destination: string;
  sourcePort: number | null;
  destinationPort: number | null;
  /** The flags of TCP as they stand in its header: 2 is SYN, 4 RST, 16 ACK. */
  tcpFlags: number | null;
  icmpType: number | null;
  echoId: number | null;
  inLink: number | null;
  outLink: number | null;
  mark: number;
}

/**
 * `id` tells packets apart; one that passes the loopback has two. `handle` is the rule's, null for a policy. `verdict` in the words of nft: accept, drop,
 * "jump NAME", return, continue. `header` stands in the first message of each base chain.
 */
export interface TraceEvent {
  id: number;
  family: string;
  table: string;
  chain: string;
  kind: 'rule' | 'return' | 'policy';
  handle: string | null;
  verdict: string;
  header: TracedHeader | null;
}

const protocols: Record<number, TracedHeader['protocol']> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp' };
const traceMessage = (10 << 8) | 17; // NFNL_SUBSYS_NFTABLES, NFT_MSG_TRACE
const headerLength = 4; // struct nfgenmsg
const attribute = {
  table: 1,
  chain: 2,
  handle: 3,
  type: 4,
  verdict: 5,
  id: 6,
  network: 8,
  transport: 9,
  inLink: 10,
  outLink: 12,
  mark: 14,
  networkFamily: 15,
  policy: 16,
} as const;
const kinds: Record<number, TraceEvent['kind']> = { 1: 'policy', 2: 'return', 3: 'rule' };
const families: Record<number, string> = { 1: 'inet', 2: 'ip', 3: 'arp', 5: 'netdev', 7: 'bridge', 10: 'ip6' };
/** NF_*, and NFT_* below zero. */
const verdicts: Record<number, string> = {
  0: 'drop',
  1: 'accept',
  2: 'stolen',
  3: 'queue',
  [-1]: 'continue',
  [-2]: 'break',
  [-3]: 'jump',
  [-4]: 'goto',
  [-5]: 'return',
};
const verdictMask = 0xff; // NF_VERDICT_MASK: a queue's number stands above it

/** null for a message of another kind, or one that is not of the form that the kernel gives it. */
export function decodeTrace(buffer: Buffer, { type, start, end }: NetlinkMessage): TraceEvent | null {
  if (type !== traceMessage || end - start < headerLength) return null;
  const attributes = new AttributeSet(buffer, start + headerLength, end);
  const word = (number: number) => bigEndian(attributes.bytes(number));
  const id = word(attribute.id);
  const handle = handleText(attributes.bytes(attribute.handle));
  const told = kinds[word(attribute.type) ?? 0];
  // The end of a chain comes as a rule without a handle.
  const kind = told === 'rule' && handle === null ? 'return' : told;
  const family = families[buffer.readUInt8(start)];
  if (id === null || kind === undefined || family === undefined) return null;
  return {
    id,
    family,
    table: attributes.text(attribute.table) ?? '',
    chain: attributes.text(attribute.chain) ?? '',
    kind,
    handle,
    verdict: kind === 'policy' ? verdictText(word(attribute.policy)) : verdictOf(attributes.nested(attribute.verdict)),
    header: readHeader(attributes),
  };
}

/** Of a rule; null where there is none. Also for the rules' own messages, so that the two can be compared. */
export const handleText = (bytes: Buffer | undefined): string | null =>
  bytes === undefined || bytes.length < 8 ? null : bytes.readBigUInt64BE(0).toString();

function verdictOf(nested: AttributeSet | undefined): string {
  const name = verdictText(bigEndian(nested?.bytes(1)));
  const chain = nested?.text(2);
  return chain === undefined ? name : `${name} ${chain}`;
}

function verdictText(code: number | null): string {
  if (code === null) return '';
  return verdicts[code < 0 ? code : code & verdictMask] ?? String(code);
}

function readHeader(attributes: AttributeSet): TracedHeader | null {
  const network = attributes.bytes(attribute.network);
  if (network === undefined || network.length < 20) return null;
  const version = (network[0] ?? 0) >> 4;
  if (version !== 4 && (version !== 6 || network.length < 40)) return null;
  const six = version === 6;
  const protocol = protocols[(six ? network[6] : network[9]) ?? 0];
  if (protocol === undefined) return null;
  const transport = attributes.bytes(attribute.transport);
  const ports = protocol === 'tcp' || protocol === 'udp';
  const icmp = protocol === 'icmp';
  return {
    family: six ? 6 : 4,
    protocol,
    source: formatAddress(six ? network.subarray(8, 24) : network.subarray(12, 16)) ?? '',
    destination: formatAddress(six ? network.subarray(24, 40) : network.subarray(16, 20)) ?? '',
    sourcePort: ports ? half(transport, 0) : null,
    destinationPort: ports ? half(transport, 2) : null,
    tcpFlags: protocol === 'tcp' ? (transport?.[13] ?? null) : null,
    icmpType: icmp ? (transport?.[0] ?? null) : null,
    echoId: icmp ? half(transport, 4) : null,
    inLink: bigEndian(attributes.bytes(attribute.inLink)),
    outLink: bigEndian(attributes.bytes(attribute.outLink)),
    mark: (bigEndian(attributes.bytes(attribute.mark)) ?? 0) >>> 0,
  };
}

const half = (bytes: Buffer | undefined, offset: number): number | null =>
  bytes === undefined || bytes.length < offset + 2 ? null : bytes.readUInt16BE(offset);

const bigEndian = (bytes: Buffer | undefined): number | null =>
  bytes === undefined || bytes.length < 4 ? null : bytes.readInt32BE(0);
