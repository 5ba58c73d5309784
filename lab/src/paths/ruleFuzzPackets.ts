import type { Draw } from './ruleFuzzDraw.ts';
import { everyAddress, type FuzzFamily, fuzzAddresses, fuzzPorts, hostsOf, routerAddresses } from './ruleFuzzPlaces.ts';

export type FuzzSender = 'client' | 'router' | 'server';

/** One packet to send and to predict. `port` 0 for an echo request. */
export interface FuzzPacket {
  from: FuzzSender;
  family: FuzzFamily;
  protocol: 'tcp' | 'udp' | 'icmp';
  address: string;
  port: number;
}

/** "client → tcp 10.2.0.2 port 80" */
export const fuzzPacketText = ({ from, protocol, address, port }: FuzzPacket): string =>
  `${from} → ${protocol} ${address}${protocol === 'icmp' ? '' : ` port ${port}`}`;

const portsOf = {
  tcp: [...fuzzPorts.tcp, ...fuzzPorts.tcp, fuzzPorts.tcpClosed],
  udp: [...fuzzPorts.udp, ...fuzzPorts.udp, fuzzPorts.udpClosed],
  icmp: [0],
};

/** Forwarded, for the router itself, and sent by it; no packet twice. */
export function fuzzPackets(draw: Draw, count: number): FuzzPacket[] {
  const found = new Map<string, FuzzPacket>();
  while (found.size < count) {
    const from = draw.weighted<FuzzSender>([
      [5, () => 'client'],
      [4, () => 'router'],
      [2, () => 'server'],
    ]);
    const family = draw.pick([4, 4, 6] as const);
    const protocol = draw.weighted<FuzzPacket['protocol']>([
      [5, () => 'tcp'],
      [3, () => 'udp'],
      [1.5, () => 'icmp'],
    ]);
    const packet: FuzzPacket = {
      from,
      family,
      protocol,
      address: draw.pick(targetsFor(from, family)),
      port: draw.pick(portsOf[protocol]),
    };
    found.set(fuzzPacketText(packet), packet);
  }
  return [...found.values()];
}

function targetsFor(from: FuzzSender, family: FuzzFamily): string[] {
  const { client, server } = fuzzAddresses[family];
  switch (from) {
    case 'client':
      return [...server, ...server, ...routerAddresses(family)];
    case 'server':
      return [...client, ...client, ...routerAddresses(family)];
    case 'router':
      return everyAddress(family);
    default: {
      const never: never = from;
      return never;
    }
  }
}

/** Whose address it is; null of none of the three. */
export function ownerOf(address: string, family: FuzzFamily): FuzzSender | null {
  const { client, loopback } = fuzzAddresses[family];
  if ((client as readonly string[]).includes(address)) return 'client';
  if (hostsOf(family).includes(address)) return 'server';
  return [...routerAddresses(family), loopback].includes(address) ? 'router' : null;
}

export const isOpenPort = (protocol: FuzzPacket['protocol'], port: number | null): boolean =>
  protocol === 'icmp' || (port !== null && fuzzPorts[protocol].some((open) => open === port));
