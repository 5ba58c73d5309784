/** A rule that the kernel named: position from 1, or the policy of a base chain. */
export type NamedRule = readonly [
  family: string,
  table: string,
  chain: string,
  position: number | 'policy',
  verdict: string,
];

/** What the kernel said of one packet in the host's namespace. `key`: its source port or echo id. */
export interface PacketTrace {
  protocol: string;
  key: number;
  source: string;
  destination: string;
  destinationPort: number | null;
  /** Sent by a process of the host, not arrived by a link. */
  sentHere: boolean;
  rules: NamedRule[];
}

/** Listens to the kernel while packets are sent. `stop` gives what it said, and takes away whatever was needed to hear it. */
export interface KernelListener {
  stop(): Promise<PacketTrace[]>;
}

export const ruleText = ([family, table, chain, position, verdict]: NamedRule): string =>
  `${family} ${table} ${chain} ${position} ${verdict}`;

const headerField = (text: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name} (\\S+)`).exec(text)?.[1] ?? null;

/** nft takes the second word of an ICMPv6 header for that of another message: id and sequence of the echo in one number. */
function echoId(text: string): string | null {
  const word = headerField(text, 'icmpv6 parameter-problem');
  return word === null ? headerField(text, 'icmp(?:v6)? id') : String(Number(word) >>> 16);
}

/** The header of a packet as `nft monitor trace` prints it, numeric; null where it is of no protocol that the lab sends. */
export function packetOfHeader(text: string): Omit<PacketTrace, 'rules'> | null {
  const protocol = ['tcp', 'udp'].find((name) => headerField(text, `${name} sport`) !== null) ?? 'icmp';
  const port = protocol === 'icmp' ? null : Number(headerField(text, `${protocol} dport`));
  const key = protocol === 'icmp' ? echoId(text) : headerField(text, `${protocol} sport`);
  const source = headerField(text, 'ip6? saddr');
  const destination = headerField(text, 'ip6? daddr');
  if (key === null || source === null || destination === null) return null;
  return {
    protocol,
    key: Number(key),
    source,
    destination,
    destinationPort: port,
    sentHere: !/(?:^|\s)iif /.test(text),
  };
}
