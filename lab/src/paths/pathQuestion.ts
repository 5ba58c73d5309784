import type { QuestionInput } from '@vethscope/model';

/** Where a packet of the lab is sent from: a machine on the LAN, the one behind it, the test host, or a container by name. */
export type Sender = 'lan' | 'internet' | 'host' | `container:${string}`;

/** One packet to send for real and to predict. `to` is an address, or a name that the sender resolves. */
export interface PathQuestion {
  from: Sender;
  protocol: 'tcp' | 'udp' | 'icmp';
  to: { address: string } | { name: string };
  /** 0 for ICMP. */
  port: number;
}

/** What the sender saw. `closed`: accepted and closed without an answer. `silent`: accepted, and no word within the time. */
export type Outcome =
  | 'answered'
  | 'closed'
  | 'silent'
  | 'refused'
  | 'timeout'
  | 'netUnreachable'
  | 'hostUnreachable'
  | 'noSource'
  | 'unresolved'
  | `error ${string}`;

export const isIpv6 = (address: string): boolean => address.includes(':');

/** "lan → tcp 198.18.0.28:8080" */
export function questionText({ from, protocol, to, port }: PathQuestion): string {
  const place = 'name' in to ? to.name : isIpv6(to.address) && protocol !== 'icmp' ? `[${to.address}]` : to.address;
  return `${from} → ${protocol} ${place}${protocol === 'icmp' ? '' : `:${port}`}`;
}

/** The machines outside, under the address that they send from. */
const outsideAddresses = {
  lan: { ipv4: '198.18.0.254', ipv6: '2001:db8:1::fe' },
  internet: { ipv4: '203.0.113.9', ipv6: '2001:db8:9::9' },
} as const;

/** The question as the path engine is asked it. */
export function questionInput({ from, protocol, to, port }: PathQuestion, sourcePort: number): QuestionInput {
  const asked = protocol === 'icmp' ? null : port;
  const six = 'address' in to && isIpv6(to.address);
  return {
    from: sourceOf(from, six),
    // The internet is behind the default route, whatever route the host has to this very address.
    source: from === 'internet' ? outsideAddresses.internet[six ? 'ipv6' : 'ipv4'] : null,
    to:
      'name' in to
        ? { kind: 'name', name: to.name, port: asked }
        : { kind: 'address', address: to.address, port: asked },
    protocol,
    sourcePort: protocol === 'icmp' ? null : sourcePort,
  };
}

function sourceOf(from: Sender, six: boolean): QuestionInput['from'] {
  if (from === 'host') return { kind: 'host' };
  if (from === 'internet') return { kind: 'internet' };
  if (from === 'lan') return { kind: 'address', address: outsideAddresses.lan[six ? 'ipv6' : 'ipv4'] };
  return { kind: 'container', name: from.slice('container:'.length) };
}
