import { SocketAddress } from 'node:net';

/** A connection as conntrack holds it: the packet as it came, and the one that it expects as an answer. */
export interface Connection {
  protocol: string;
  /** Source port, or echo id. */
  key: number;
  source: string;
  answerFrom: string;
  answerFromPort: number | null;
  answerTo: string;
  /** Of TCP: that the sender had an answer to its SYN, and said so. */
  established: boolean;
}

/** One spelling for each address: conntrack writes IPv6 in full. */
export function sameSpelling(address: string): string {
  if (!address.includes(':')) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

/** Parses /proc/net/nf_conntrack. What is not TCP, UDP or an echo is left out. */
export function parseConntrack(text: string): Connection[] {
  return text.split('\n').flatMap((line) => {
    const protocol = /^ipv\d\s+\d+ (\S+)/.exec(line)?.[1]?.replace('icmpv6', 'icmp');
    const all = (name: string) =>
      [...line.matchAll(new RegExp(`\\b${name}=(\\S+)`, 'g'))].map(([, value = '']) => value);
    const [source, answerFrom] = all('src');
    const [, answerTo] = all('dst');
    const key = all(protocol === 'icmp' ? 'id' : 'sport')[0];
    if (protocol === undefined || source === undefined || answerFrom === undefined || answerTo === undefined) return [];
    if (key === undefined) return [];
    const answerFromPort = protocol === 'icmp' ? null : Number(all('sport')[1]);
    return [
      {
        protocol,
        key: Number(key),
        source: sameSpelling(source),
        answerFrom: sameSpelling(answerFrom),
        answerFromPort,
        answerTo: sameSpelling(answerTo),
        established: / (?:ESTABLISHED|FIN_WAIT|CLOSE_WAIT|LAST_ACK|TIME_WAIT) /.test(line),
      },
    ];
  });
}
