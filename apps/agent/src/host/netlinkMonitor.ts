import { cloneNewNet, errno, type Libc, openReadOnly, type ReadableWatch } from './libc.ts';
import { type NetlinkMessage, readAttributes, readMessages, readText } from './netlinkMessage.ts';
import {
  type NetlinkFault,
  netlinkFault,
  netlinkProtocol,
  nonBlocking,
  openNetlink,
  receiveLength,
} from './netlinkSocket.ts';
import { familyBridge } from './networkName.ts';
import { probeTable } from './probeTable.ts';

/*
 * Hearing of changes. Two multicast sockets in the host's namespace hear it and every namespace that it has an id for
 * (NETLINK_LISTEN_ALL_NSID), that is, all that a veth leads to. What they say is only a sign to read again: messages of other
 * namespaces carry names and indices that mean something else here. Nothing runs while nothing happens.
 * In one file, a little long: both sockets and the recovery from their overruns share one state.
 * Source: netlink(7), linux/rtnetlink.h rtnetlink_groups, linux/netfilter/nfnetlink.h, net/netlink/af_netlink.c.
 */

/** `rules` stands for all the ways in which netfilter's rules are read; changes by iptables-legacy are not announced. */
type DirtySource =
  | 'links'
  | 'addresses'
  | 'routes'
  | 'policyRules'
  | 'neighbors'
  | 'fdb'
  | 'sysctls'
  | 'rules'
  | 'namespaces';

/**
 * `nsid` null is the host's namespace itself; else the id that the host has for the one that changed, and `netns` its inode
 * where a reading of the host's links has already told it (otherwise null: look for new namespaces).
 * `overrun`: changes were lost, everything may be different.
 */
export type Dirty =
  | { kind: 'changed'; nsid: number | null; netns: number | null; source: DirtySource }
  | { kind: 'overrun' };

const levelSocket = 1;
const receiveBufferForce = 33; // SO_RCVBUFFORCE
const levelNetlink = 270;
const addMembership = 1;
const listenAllNsId = 8;
const receiveBufferLength = 4 * 1024 * 1024;

/** RTNLGRP_*: link, neigh, ipv4 and ipv6 address, route and rule, netconf of both, nsid. */
const routeGroups = [1, 3, 5, 7, 8, 9, 11, 19, 24, 25, 28];
const tablesGroups = [7]; // NFNLGRP_NFTABLES

const sourceOfType: Record<number, DirtySource> = {
  16: 'links',
  17: 'links',
  20: 'addresses',
  21: 'addresses',
  24: 'routes',
  25: 'routes',
  28: 'neighbors',
  29: 'neighbors',
  32: 'policyRules',
  33: 'policyRules',
  80: 'sysctls',
  81: 'sysctls',
  88: 'namespaces',
  89: 'namespaces',
};
/** NFT_MSG_NEWGEN ends what one program changed at once. Of tables, chains and rules alike the table's name is attribute 1. */
const newGeneration = (10 << 8) | 15;
const attributeTable = 1;
const generalLength = 4; // struct nfgenmsg
const deletedNsId = 89; // RTM_DELNSID
const attributeNsId = 1; // NETNSA_NSID
const rtgenLength = 4;

/** A struct sockaddr_nl that leaves the port to the kernel. */
const anyPort = Buffer.from([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** At most one announcement per namespace and source in this time; under a storm it grows up to the longest. */
const shortestPauseMs = 10;
const longestPauseMs = 80;

export type MonitorOptions = {
  /** The host's namespace ids and their inodes: the caller adds to it, the monitor takes out those that end. */
  ids: Map<number, number>;
  onDirty(dirty: Dirty[]): void;
  /** All that the monitor does on its own goes through this. */
  enter(action: () => void): void;
};

export class NetlinkMonitor {
  readonly #libc: Libc;
  readonly #to: MonitorOptions;
  readonly #sockets: MonitorSocket[] = [];
  #pending = new Map<string, Dirty>();
  #pauseMs = shortestPauseMs;
  /** Namespaces whose last messages were about a probe's own table. */
  readonly #probed = new Set<number | null>();
  #timer: NodeJS.Timeout | null = null;

  constructor(libc: Libc, options: MonitorOptions) {
    this.#libc = libc;
    this.#to = options;
  }

  /**
   * Starts listening, in the namespace at `hostPath` or in the thread's own. The faults name what will not be heard; without
   * CAP_NET_BROADCAST that is everything but the host's own namespace.
   */
  start(hostPath: string | null): NetlinkFault[] {
    if (hostPath === null) return this.#openAll();
    const host = this.#libc.open(hostPath, openReadOnly);
    if (host < 0) return [netlinkFault('open', host)];
    const own = this.#libc.open('/proc/thread-self/ns/net', openReadOnly);
    const entered = own < 0 ? own : this.#libc.setns(host, cloneNewNet);
    const faults = entered < 0 ? [netlinkFault('setns', entered)] : this.#openAll();
    if (entered >= 0 && this.#libc.setns(own, cloneNewNet) < 0) process.abort();
    this.#libc.close(host);
    this.#libc.close(own);
    return faults;
  }

  #openAll(): NetlinkFault[] {
    return [
      ...this.#open(netlinkProtocol.route, routeGroups, 'links, addresses and routes'),
      ...this.#open(netlinkProtocol.netfilter, tablesGroups, 'netfilter rules'),
    ];
  }

  close() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  #open(protocol: number, groups: number[], what: string): NetlinkFault[] {
    const fd = openNetlink(this.#libc, protocol, nonBlocking);
    if (fd < 0) return [netlinkFault('socket', fd)];
    const set = (level: number, option: number, value: number) =>
      this.#libc.setsockopt(fd, level, option, number(value));
    set(levelSocket, receiveBufferForce, receiveBufferLength);
    const faults: NetlinkFault[] = [];
    // A socket without a port has port 0 like the kernel itself, and the kernel does not deliver to who sent.
    const bound = this.#libc.bind(fd, anyPort);
    if (bound < 0) faults.push(netlinkFault('bind', bound));
    const listens = set(levelNetlink, listenAllNsId, 1);
    if (listens < 0) faults.push(netlinkFault(`changes of ${what} in other namespaces`, listens));
    for (const group of groups) {
      const joined = set(levelNetlink, addMembership, group);
      if (joined < 0) faults.push(netlinkFault(`changes of ${what} (group ${group})`, joined));
    }
    this.#sockets.push(
      new MonitorSocket(this.#libc, { fd, protocol }, (socket) => this.#to.enter(() => this.#onReadable(socket))),
    );
    return faults;
  }

  #onReadable(socket: MonitorSocket) {
    const overrun = socket.drain((nsid, message, buffer) => this.#note(socket.protocol, nsid, { message, buffer }));
    if (overrun) this.#pending.set('overrun', { kind: 'overrun' });
    for (const each of this.#sockets) each.pause();
    this.#flush();
    if (this.#timer === null) this.#schedule();
  }

  #schedule() {
    this.#timer = setTimeout(() => this.#to.enter(() => this.#resume()), this.#pauseMs);
  }

  /** After the pause: what has gathered in the sockets meanwhile is announced at once, and the next pause is longer. */
  #resume() {
    this.#timer = null;
    let busy = false;
    for (const socket of this.#sockets) {
      const overrun = socket.drain((nsid, message, buffer) => {
        busy = true;
        this.#note(socket.protocol, nsid, { message, buffer });
      });
      if (overrun) this.#pending.set('overrun', { kind: 'overrun' });
    }
    this.#flush();
    this.#pauseMs = busy ? Math.min(this.#pauseMs * 2, longestPauseMs) : shortestPauseMs;
    if (busy) this.#schedule();
    else for (const socket of this.#sockets) socket.resume();
  }

  #note(protocol: number, nsid: number | null, { message, buffer }: { message: NetlinkMessage; buffer: Buffer }) {
    let source = protocol === netlinkProtocol.netfilter ? 'rules' : sourceOfType[message.type];
    if (source === undefined) return;
    if (source === 'rules' && this.#isOfProbe(nsid, message, buffer)) return;
    if (source === 'neighbors' && buffer[message.start] === familyBridge) source = 'fdb';
    if (message.type === deletedNsId && source === 'namespaces') this.#forget(message, buffer);
    const key = `${nsid} ${source}`;
    if (this.#pending.has(key)) return;
    const netns = nsid === null ? null : (this.#to.ids.get(nsid) ?? null);
    this.#pending.set(key, { kind: 'changed', nsid, netns, source });
  }

  /** A probe's table comes and goes without anybody having changed a rule. */
  #isOfProbe(nsid: number | null, message: NetlinkMessage, buffer: Buffer): boolean {
    if (message.type === newGeneration) return this.#probed.delete(nsid);
    const { attributes } = readAttributes(buffer, message.start + generalLength, message.end);
    const table = attributes.find(({ type }) => type === attributeTable);
    const isOfProbe = table !== undefined && readText(buffer, table.start, table.end) === probeTable.name;
    if (isOfProbe) this.#probed.add(nsid);
    else this.#probed.delete(nsid);
    return isOfProbe;
  }

  #forget(message: NetlinkMessage, buffer: Buffer) {
    const { attributes } = readAttributes(buffer, message.start + rtgenLength, message.end);
    const id = attributes.find(({ type, start, end }) => type === attributeNsId && end - start >= 4);
    if (id !== undefined) this.#to.ids.delete(buffer.readInt32LE(id.start));
  }

  #flush() {
    if (this.#pending.size === 0) return;
    const dirty = [...this.#pending.values()];
    this.#pending = new Map();
    this.#to.onDirty(dirty);
  }
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value, 0);
  return bytes;
}

const controlLength = 64;
/** struct msghdr of a 64-bit machine: name, namelen, iov, iovlen, control, controllen, flags. */
const headerLength = 56;

/** One socket with the memory that recvmsg(2) writes to. */
class MonitorSocket {
  readonly protocol: number;
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #watch: ReadableWatch;
  readonly #payload = Buffer.allocUnsafeSlow(receiveLength);
  readonly #control = Buffer.allocUnsafeSlow(controlLength);
  readonly #vector = Buffer.allocUnsafeSlow(16);
  readonly #header = Buffer.allocUnsafeSlow(headerLength).fill(0);

  constructor(libc: Libc, socket: { fd: number; protocol: number }, onReadable: (socket: MonitorSocket) => void) {
    this.#libc = libc;
    this.#fd = socket.fd;
    this.protocol = socket.protocol;
    this.#vector.writeBigUInt64LE(libc.address(this.#payload), 0);
    this.#vector.writeBigUInt64LE(BigInt(receiveLength), 8);
    this.#header.writeBigUInt64LE(libc.address(this.#vector), 16);
    this.#header.writeBigUInt64LE(1n, 24);
    this.#header.writeBigUInt64LE(libc.address(this.#control), 32);
    this.#watch = libc.onReadable(socket.fd, () => onReadable(this));
  }

  /** Takes everything that waits. True when the kernel had to throw messages away. */
  drain(onMessage: (nsid: number | null, message: NetlinkMessage, buffer: Buffer) => void): boolean {
    let overrun = false;
    while (true) {
      this.#header.writeBigUInt64LE(BigInt(controlLength), 40);
      const length = this.#libc.recvmsgNow(this.#fd, this.#header);
      if (length === -errno.EINTR) continue;
      if (length === -errno.ENOBUFS) {
        overrun = true;
        continue;
      }
      if (length <= 0) return overrun;
      const nsid = this.#namespaceId();
      for (const message of readMessages(this.#payload, length).messages) onMessage(nsid, message, this.#payload);
    }
  }

  /** The control message that says from where: only messages of other namespaces have one. struct cmsghdr */
  #namespaceId(): number | null {
    const length = Number(this.#header.readBigUInt64LE(40));
    let offset = 0;
    while (offset + 20 <= Math.min(length, controlLength)) {
      const size = Number(this.#control.readBigUInt64LE(offset));
      if (size < 16) return null;
      const isNsId =
        this.#control.readInt32LE(offset + 8) === levelNetlink &&
        this.#control.readInt32LE(offset + 12) === listenAllNsId;
      if (isNsId) return this.#control.readInt32LE(offset + 16);
      offset += (size + 7) & ~7;
    }
    return null;
  }

  pause() {
    this.#watch.pause();
  }

  resume() {
    this.#watch.resume();
  }

  close() {
    this.#watch.close();
    this.#libc.close(this.#fd);
  }
}
