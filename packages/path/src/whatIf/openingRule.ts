import type { IptablesBody, NftBody, Rule, Snapshot } from '@vethscope/model';
import { familyOf } from '../question/familyOf.ts';

/** What is to pass. `port` null for a protocol without ports. */
interface Opening {
  chain: string;
  protocol: string;
  address: string;
  port: number | null;
}

/**
 * The rule that accepts a protocol to an address and port, in the language of its chain's table. null where there is no such chain, or its table
 * never sees such an address.
 */
export function openingRule({ records }: Snapshot, opening: Opening): Rule | null {
  const chain = records.chain[opening.chain];
  const table = records.table[chain?.table ?? ''];
  const family = familyOf(opening.address);
  if (chain === undefined || table === undefined || family === null) return null;
  if (table.family !== 'inet' && table.family !== (family === 4 ? 'ip' : 'ip6')) return null;
  const { text, body } =
    table.backend === 'nftables' ? nftOpening(opening, family) : iptablesOpening(opening, chain.name, family);
  return {
    type: 'rule',
    id: `rule:what-if/${chain.id.slice('chain:'.length)}/${opening.protocol}/${opening.address}/${opening.port ?? ''}`,
    sandbox: chain.sandbox,
    chain: chain.id,
    handle: null,
    text,
    comment: null,
    owner: 'user',
    body,
    unparsed: null,
    jumpsTo: [],
    verdict: 'accept',
    translation: null,
    mentions: {
      addresses: [opening.address],
      links: [],
      ports: opening.port === null ? [] : [String(opening.port)],
      sets: [],
    },
  };
}

/** iptables calls the protocol of IPv6's echo so. */
const protocolName = (protocol: string, family: 4 | 6): string =>
  protocol === 'icmp' && family === 6 ? 'ipv6-icmp' : protocol;

function iptablesOpening(
  { protocol, address, port }: Opening,
  chainName: string,
  family: 4 | 6,
): { text: string; body: IptablesBody } {
  const prefix = `${address}/${family === 4 ? 32 : 128}`;
  const name = protocolName(protocol, family);
  const ports = port === null ? '' : ` -m ${protocol} --dport ${port}`;
  return {
    text: `-A ${chainName} -d ${prefix} -p ${name}${ports} -j ACCEPT`,
    body: {
      syntax: 'iptables',
      matches: [
        { kind: 'destination', not: false, prefix },
        { kind: 'protocol', not: false, protocol: name },
        ...(port === null
          ? []
          : [{ kind: 'destinationPort' as const, not: false, protocol, ports: { from: port, to: port } }]),
      ],
      target: { kind: 'accept' },
    },
  };
}

function nftOpening({ protocol, address, port }: Opening, family: 4 | 6): { text: string; body: NftBody } {
  const ip = family === 4 ? 'ip' : 'ip6';
  const name = protocolName(protocol, family);
  const equals = (
    left: { payload: { protocol: string; field: string } } | { meta: { key: string } },
    right: string | number,
  ) => ({ kind: 'match', value: { op: '==', left, right } }) as const;
  const isProtocol =
    port === null
      ? { text: `meta l4proto ${name}`, match: equals({ meta: { key: 'l4proto' } }, name) }
      : { text: `${protocol} dport ${port}`, match: equals({ payload: { protocol, field: 'dport' } }, port) };
  return {
    text: `${ip} daddr ${address} ${isProtocol.text} accept`,
    body: {
      syntax: 'nft',
      statements: [
        equals({ payload: { protocol: ip, field: 'daddr' } }, address),
        isProtocol.match,
        { kind: 'accept', value: null },
      ],
    },
  };
}
