import type { Libc } from './libc.ts';
import { AttributeSet, buildMessage, messageFlag } from './netlinkMessage.ts';
import {
  dumpList,
  dumpRequest,
  type NetlinkFault,
  netlinkFault,
  netlinkProtocol,
  openNetlink,
} from './netlinkSocket.ts';

/*
 * Which tables of nf_tables a namespace has, iptables-nft's among them. It costs some tens of microseconds, where a tool that prints rules is a
 * process: most sandboxes have no table at all, or one that Docker wrote. Source: linux/netfilter/nf_tables.h, net/netfilter/nf_tables_api.c
 * nf_tables_dump_tables().
 */

/** `use` counts what is in it: chains, and sets and other objects. */
export type RuleTable = { family: string; name: string; use: number };

/** `generation` goes up with every change of rules, and with nothing else: as long as it stands, there is nothing new to read. */
export type RuleTables = { tables: RuleTable[]; generation: number };

const subsystem = 10 << 8; // NFNL_SUBSYS_NFTABLES
const newTable = subsystem | 0; // NFT_MSG_NEWTABLE
const getTable = subsystem | 1; // NFT_MSG_GETTABLE
const newGeneration = subsystem | 15; // NFT_MSG_NEWGEN
const getGeneration = subsystem | 16; // NFT_MSG_GETGEN
const headerLength = 4; // struct nfgenmsg
const attribute = { name: 1, use: 3 } as const; // NFTA_TABLE_*
const attributeGeneration = 1; // NFTA_GEN_ID
/** NFPROTO_*, in nft's words. */
const families: Record<number, string> = { 1: 'inet', 2: 'ip', 3: 'arp', 5: 'netdev', 7: 'bridge', 10: 'ip6' };
const tablesRequest = dumpRequest(getTable, Buffer.alloc(headerLength));
/** No dump: one answer, and the acknowledgement that ends it. */
const generationRequest = buildMessage({
  type: getGeneration,
  flags: messageFlag.request | messageFlag.ack,
  sequence: 0,
  payload: Buffer.alloc(headerLength),
});

/** The tables of the namespace that this thread is in. The generation is asked for first: a change in between is read once too often. */
export function readRuleTables(context: { libc: Libc; receive: Buffer }): RuleTables | NetlinkFault {
  const { libc, receive } = context;
  const fd = openNetlink(libc, netlinkProtocol.netfilter);
  if (fd < 0) return netlinkFault('socket', fd);
  const generations = dumpList({ libc, fd, receive, request: generationRequest }, (buffer, { type, start, end }) =>
    type === newGeneration
      ? bigEndian(new AttributeSet(buffer, start + headerLength, end).bytes(attributeGeneration))
      : null,
  );
  const list = dumpList({ libc, fd, receive, request: tablesRequest }, (buffer, { type, start, end }) => {
    if (type !== newTable) return null;
    const attributes = new AttributeSet(buffer, start + headerLength, end);
    return {
      family: families[buffer.readUInt8(start)] ?? 'unknown',
      name: attributes.text(attribute.name) ?? '',
      use: bigEndian(attributes.bytes(attribute.use)) ?? 0,
    };
  });
  libc.close(fd);
  const [generation] = generations.items;
  const fault = list.fault ?? generations.fault;
  if (fault !== null || generation === undefined) return fault ?? { call: 'recv', errno: 0, reason: 'no generation' };
  return { tables: list.items, generation };
}

function bigEndian(value: Buffer | undefined): number | null {
  return value === undefined || value.length < 4 ? null : value.readUInt32BE(0);
}
