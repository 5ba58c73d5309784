/** The three namespaces. Rules are loaded on the router; the two others are outside for it. */
export const fuzzAddresses = {
  4: {
    client: ['10.1.0.2'],
    routerLan: '10.1.0.1',
    routerWan: '10.2.0.1',
    routerSecond: '10.2.0.5',
    server: ['10.2.0.2', '10.2.0.3', '10.9.0.9'],
    loopback: '127.0.0.1',
  },
  6: {
    client: ['fd01::2'],
    routerLan: 'fd01::1',
    routerWan: 'fd02::1',
    routerSecond: 'fd02::5',
    server: ['fd02::2', 'fd02::3', 'fd09::9'],
    loopback: '::1',
  },
} as const;

export const fuzzPrefixes = {
  4: ['10.1.0.0/24', '10.2.0.0/24', '10.0.0.0/8', '10.2.0.2/31', '10.9.0.0/16', '127.0.0.0/8', '10.2.0.0/30'],
  6: ['fd01::/64', 'fd02::/64', 'fd00::/8', 'fd02::2/127', 'fd09::/16', '::1/128', 'fd02::/126'],
} as const;

/** Ranges of addresses, in order. */
export const fuzzRanges = {
  4: ['10.1.0.1-10.1.0.9', '10.2.0.2-10.2.0.5', '10.2.0.1-10.9.0.9', '10.2.0.3-10.2.0.3'],
  6: ['fd01::1-fd01::9', 'fd02::2-fd02::5', 'fd02::1-fd09::9', 'fd02::3-fd02::3'],
} as const;

/** Servers listen on these in every namespace, on all its addresses. Nobody listens on the closed one. */
export const fuzzPorts = { tcp: [80, 443, 8080], tcpClosed: 81, udp: [53, 5353], udpClosed: 6667 } as const;

export const fuzzLinks = ['lan0', 'wan0', 'lo'] as const;
/** Marks; packets with 0x20 set are routed by a table of their own, which refuses one address. */
export const fuzzMarks = ['0x1', '0x10', '0x20', '0x30', '0xff'] as const;

export type FuzzFamily = 4 | 6;

export const hostsOf = (family: FuzzFamily): string[] => [
  ...fuzzAddresses[family].client,
  ...fuzzAddresses[family].server,
];
export const routerAddresses = (family: FuzzFamily): string[] => {
  const { routerLan, routerWan, routerSecond } = fuzzAddresses[family];
  return [routerLan, routerWan, routerSecond];
};
export const everyAddress = (family: FuzzFamily): string[] => [
  ...hostsOf(family),
  ...routerAddresses(family),
  fuzzAddresses[family].loopback,
];
