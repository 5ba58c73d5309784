import type { Libc } from './libc.ts';
import { AttributeSet, buildMessage, messageFlag } from './netlinkMessage.ts';
import { dumpList, type NetlinkFault } from './netlinkSocket.ts';
import { handleText } from './traceMessage.ts';

/*
 * The kernel's trace names a rule by its handle, people by its position in the chain. Source: net/netfilter/nf_tables_api.c nf_tables_dump_rules(), which
 * gives the rules of a chain in the order in which they are tried.
 */

export interface ChainName {
  family: string;
  table: string;
  chain: string;
}

const newRule = (10 << 8) | 6; // NFT_MSG_NEWRULE
const getRule = (10 << 8) | 7; // NFT_MSG_GETRULE
const headerLength = 4; // struct nfgenmsg
const attribute = { table: 1, chain: 2, handle: 3 } as const; // NFTA_RULE_*
const families: Record<string, number> = { inet: 1, ip: 2, arp: 3, netdev: 5, bridge: 7, ip6: 10 };

/** The handles of a chain's rules, in order, in the namespace of the socket. */
export function readRuleHandles(
  context: { libc: Libc; fd: number; receive: Buffer },
  { family, table, chain }: ChainName,
): string[] | NetlinkFault {
  const request = buildMessage({
    type: getRule,
    flags: messageFlag.request | messageFlag.dump,
    sequence: 0,
    payload: Buffer.from([families[family] ?? 0, 0, 0, 0]),
    attributes: [
      { type: attribute.table, value: Buffer.from(`${table}\0`) },
      { type: attribute.chain, value: Buffer.from(`${chain}\0`) },
    ],
  });
  const list = dumpList({ ...context, request }, (buffer, { type, start, end }) => {
    if (type !== newRule) return null;
    const attributes = new AttributeSet(buffer, start + headerLength, end);
    // Kernels before 4.1 do not look at the chain that was asked for.
    const isWanted = attributes.text(attribute.table) === table && attributes.text(attribute.chain) === chain;
    return isWanted ? handleText(attributes.bytes(attribute.handle)) : null;
  });
  return list.fault ?? list.items;
}
