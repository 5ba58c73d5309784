import type { LinkReading, NamespaceReadings, SourceFault } from '@vethscope/model';
import { decodeAddress } from './decodeAddress.ts';
import { decodeFdb } from './decodeFdb.ts';
import { decodeLink, decodeLinkIdentity, type LinkIdentity } from './decodeLink.ts';
import { decodeNeighbor } from './decodeNeighbor.ts';
import { decodePolicyRule } from './decodePolicyRule.ts';
import { decodeRoute } from './decodeRoute.ts';
import { decodeSocket, socketProtocol, socketRequest } from './decodeSocket.ts';
import { errno, type Libc } from './libc.ts';
import {
  dumpList,
  dumpRequest,
  type NetlinkFault,
  netlinkFault,
  netlinkProtocol,
  openNetlink,
} from './netlinkSocket.ts';
import { familyBridge, familyInet, familyInet6, type LinkNames } from './networkName.ts';
import { addLinkSysctls, addNamespaceSysctls, type Sysctls } from './readSysctls.ts';

/*
 * Everything that the kernel itself tells about the namespace that the calling thread is in. Entering it, and leaving it,
 * is visitNamespace's. All of it is synchronous. Source: rtnetlink(7), sock_diag(7).
 */

/** The sources that the kernel answers without any program. */
export const kernelSources = [
  'links',
  'addresses',
  'routes',
  'policyRules',
  'neighbors',
  'fdb',
  'sockets',
  'sysctls',
] as const;
export type KernelSource = (typeof kernelSources)[number];

export type KernelFailure = {
  source: KernelSource;
  /** `partial`: there are readings, but not of one moment or not all. */
  status: 'partial' | 'failed';
  fault: SourceFault;
  reason: string;
};

export type KernelReadings = Pick<NamespaceReadings, KernelSource>;

export type ReadingsOfNamespace = { readings: KernelReadings; failures: KernelFailure[]; neededNetnsIds: number[] };

const request = {
  links: dumpRequest(18, Buffer.alloc(16)), // RTM_GETLINK, struct ifinfomsg
  addresses: dumpRequest(22, Buffer.alloc(8)), // RTM_GETADDR, struct ifaddrmsg, all families
  routes: dumpRequest(26, Buffer.alloc(12)), // RTM_GETROUTE, struct rtmsg, all families and tables
  policyRules: dumpRequest(34, Buffer.alloc(12)), // RTM_GETRULE, struct fib_rule_hdr
  neighbors: dumpRequest(30, Buffer.alloc(12)), // RTM_GETNEIGH, struct ndmsg
  proxies: dumpRequest(30, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0])), // with ndm_flags NTF_PROXY
  fdb: dumpRequest(30, Buffer.from([familyBridge, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
};
const message = { link: 16, address: 20, route: 24, neighbor: 28, rule: 32, socket: 20 } as const;

const socketKinds = (Object.keys(socketProtocol) as (keyof typeof socketProtocol)[]).flatMap((protocol) =>
  [familyInet, familyInet6].map((family) => ({
    protocol,
    request: dumpRequest(message.socket, socketRequest(protocol, family)),
  })),
);
/** Not built into the kernel, and so not asked for again in every namespace: each time it would look for a module. */
let lacksSctp = false;

export type ReadContext = { libc: Libc; receive: Buffer };

/**
 * Reads the wanted sources of the namespace that this thread is in. `neededNetnsIds` are the namespace ids by which links
 * refer to other namespaces.
 */
export function readNamespace(context: ReadContext, wanted: ReadonlySet<KernelSource>): ReadingsOfNamespace {
  const result: ReadingsOfNamespace = { readings: {}, failures: [], neededNetnsIds: [] };
  if ([...wanted].some((source) => source !== 'sockets')) readRoute(context, wanted, result);
  if (wanted.has('sockets')) readSockets(context, result);
  return result;
}

function readRoute({ libc, receive }: ReadContext, wanted: ReadonlySet<KernelSource>, result: ReadingsOfNamespace) {
  const fd = openNetlink(libc, netlinkProtocol.route);
  if (fd < 0) {
    for (const source of wanted) if (source !== 'sockets') fail(result, source, netlinkFault('socket', fd));
    return;
  }
  const { readings } = result;
  const names = readLinks({ libc, fd, receive }, wanted, result);
  if (wanted.has('sysctls')) {
    const found = readings.sysctls === undefined ? 0 : addNamespaceSysctls(libc, readings.sysctls);
    if (found === 0) partial(result, 'sysctls', { fault: 'refused', reason: '/proc/sys/net is hidden' });
  }
  const ask = <T>(
    source: KernelSource,
    type: number,
    dumped: { request: Buffer; decode: (buffer: Buffer, range: { start: number; end: number }) => T | null },
  ): T[] | undefined => {
    const exchange = { libc, fd, receive, request: dumped.request };
    const list = dumpList(exchange, (buffer, range) => (range.type === type ? dumped.decode(buffer, range) : null));
    return settle(result, source, list) ? list.items : undefined;
  };
  const set = <S extends KernelSource>(source: S, items: KernelReadings[S] | undefined) => {
    if (items !== undefined) readings[source] = items;
  };
  if (wanted.has('addresses')) {
    const decode = (buffer: Buffer, { start, end }: { start: number; end: number }) =>
      decodeAddress(buffer, start, end);
    set('addresses', ask('addresses', message.address, { request: request.addresses, decode }));
  }
  if (wanted.has('routes')) {
    set(
      'routes',
      ask('routes', message.route, { request: request.routes, decode: (b, range) => decodeRoute(b, range, names) }),
    );
  }
  if (wanted.has('policyRules')) {
    const decode = (buffer: Buffer, { start, end }: { start: number; end: number }) =>
      decodePolicyRule(buffer, start, end);
    set('policyRules', ask('policyRules', message.rule, { request: request.policyRules, decode }));
  }
  if (wanted.has('neighbors')) {
    const decode = (buffer: Buffer, range: { start: number; end: number }) => decodeNeighbor(buffer, range, names);
    const asked = ask('neighbors', message.neighbor, { request: request.neighbors, decode });
    const proxied = asked && ask('neighbors', message.neighbor, { request: request.proxies, decode });
    set('neighbors', proxied && [...asked, ...proxied]);
  }
  if (wanted.has('fdb')) {
    set(
      'fdb',
      ask('fdb', message.neighbor, { request: request.fdb, decode: (b, range) => decodeFdb(b, range, names) }),
    );
  }
  libc.close(fd);
}

/** The links, if wanted; always their names, which all other tables refer to; and the settings of each. */
function readLinks(
  exchange: { libc: Libc; fd: number; receive: Buffer },
  wanted: ReadonlySet<KernelSource>,
  result: ReadingsOfNamespace,
): LinkNames {
  const identities = new Map<number, LinkIdentity>();
  const names = new Map<number, string>();
  const wantsLinks = wanted.has('links');
  const wantsSysctls = wanted.has('sysctls');
  // A link may refer to one that comes later: the messages are kept until all names are known.
  const list = dumpList({ ...exchange, request: request.links }, (buffer, { type, start, end }) => {
    const identity = type === message.link ? decodeLinkIdentity(buffer, start, end) : null;
    if (identity === null) return null;
    return { identity, bytes: wantsLinks || wantsSysctls ? Buffer.from(buffer.subarray(start, end)) : null };
  });
  for (const { identity } of list.items) {
    identities.set(identity.ifindex, identity);
    names.set(identity.ifindex, identity.name);
  }
  const failed = list.fault !== null;
  if (wantsLinks && settle(result, 'links', list)) {
    const links: LinkReading[] = [];
    for (const { bytes } of list.items) {
      const link = bytes === null ? null : decodeLink(bytes, { start: 0, end: bytes.length }, identities);
      if (link !== null) links.push(link);
    }
    result.readings.links = links;
    result.neededNetnsIds = [
      ...new Set(links.flatMap(({ link_netnsid }) => (link_netnsid === undefined ? [] : [link_netnsid]))),
    ];
  }
  if (wantsSysctls) {
    const sysctls: Sysctls = {};
    for (const { identity, bytes } of list.items) {
      if (bytes !== null) addLinkSysctls(sysctls, identity.name, { buffer: bytes, start: 0, end: bytes.length });
    }
    if (failed) partial(result, 'sysctls', { fault: faultOf(list.fault), reason: `links: ${list.fault?.reason}` });
    result.readings.sysctls = sysctls;
  }
  return names;
}

function readSockets({ libc, receive }: ReadContext, result: ReadingsOfNamespace) {
  const fd = openNetlink(libc, netlinkProtocol.socketDiag);
  if (fd < 0) return fail(result, 'sockets', netlinkFault('socket', fd));
  const sockets: NonNullable<KernelReadings['sockets']> = [];
  for (const kind of socketKinds) {
    if (kind.protocol === 'sctp' && lacksSctp) continue;
    const list = dumpList({ libc, fd, receive, request: kind.request }, (buffer, range) =>
      range.type === message.socket ? decodeSocket(buffer, range, kind.protocol) : null,
    );
    if (list.fault?.errno !== errno.ENOENT) {
      if (settle(result, 'sockets', list)) sockets.push(...list.items);
    } else if (kind.protocol === 'sctp') {
      lacksSctp = true;
    } else {
      const reason = `the kernel has no sock_diag for ${kind.protocol} (modules inet_diag, ${kind.protocol}_diag)`;
      partial(result, 'sockets', { fault: 'unsupported', reason });
    }
  }
  libc.close(fd);
  result.readings.sockets = sockets;
}

/** Notes what a list lacks; true where its items are worth something. */
function settle(
  result: ReadingsOfNamespace,
  source: KernelSource,
  list: { partial: boolean; fault: NetlinkFault | null },
): boolean {
  if (list.fault !== null) {
    fail(result, source, list.fault);
    return false;
  }
  if (list.partial)
    partial(result, source, { fault: 'timeout', reason: 'the table changed during each of four readings' });
  return true;
}

function fail(result: ReadingsOfNamespace, source: KernelSource, fault: NetlinkFault) {
  result.failures.push({ source, status: 'failed', fault: faultOf(fault), reason: fault.reason });
}

function partial(result: ReadingsOfNamespace, source: KernelSource, why: { fault: SourceFault; reason: string }) {
  result.failures.push({ source, status: 'partial', ...why });
}

/** How an errno is told to people. */
export function faultOf(fault: NetlinkFault | null): SourceFault {
  switch (fault?.errno) {
    case errno.EPERM:
    case errno.EACCES:
      return 'notRoot';
    case errno.ENOENT:
    case errno.EBADF:
    case errno.EINVAL:
      return 'gone';
    case errno.EAGAIN:
      return 'timeout';
    case errno.EOPNOTSUPP:
    case errno.EPROTONOSUPPORT:
    case errno.EAFNOSUPPORT:
      return 'unsupported';
    case errno.ENOBUFS:
    case errno.EMSGSIZE:
      return 'tooLarge';
    default:
      return 'malformed';
  }
}
