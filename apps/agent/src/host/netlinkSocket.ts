import { errno, errnoName, type Libc } from './libc.ts';
import { buildMessage, messageFlag, messageType, type NetlinkMessage, readMessages } from './netlinkMessage.ts';

/*
 * Asking the kernel over one netlink socket. A socket belongs to the namespace that its thread was in when it was made and
 * keeps that namespace alive, so it is closed before the visit ends. Source: Documentation/userspace-api/netlink/intro.rst.
 */

const familyNetlink = 16;
const typeRaw = 3;
const closeOnExec = 0o2000000;
export const nonBlocking = 0o4000;
const levelSocket = 1;
const receiveTimeout = 20; // SO_RCVTIMEO
/** The kernel makes the messages of a dump at most 32 KiB long. linux/netlink.h NLMSG_GOODSIZE, af_netlink.c netlink_recvmsg() */
export const receiveLength = 65_536;

export const netlinkProtocol = { route: 0, socketDiag: 4, netfilter: 12 } as const;

/** What went wrong: the call, and its errno (0 where the kernel's answer made no sense). */
export type NetlinkFault = { call: string; errno: number; reason: string };

export function netlinkFault(call: string, result: number): NetlinkFault {
  const code = Math.abs(result);
  return { call, errno: code, reason: `${call}: ${errnoName(code)}` };
}

/** A struct timeval of that many seconds. */
function seconds(count: number): Buffer {
  const value = Buffer.alloc(16);
  value.writeUInt32LE(count, 0);
  return value;
}
const twoSeconds = seconds(2);

/** The socket's number, or -errno. A receive gives up after two seconds, in which any dump has long begun. */
export function openNetlink(libc: Libc, protocol: number, flags = 0): number {
  const fd = libc.socket(familyNetlink, typeRaw | closeOnExec | flags, protocol);
  if (fd >= 0) libc.setsockopt(fd, levelSocket, receiveTimeout, twoSeconds);
  return fd;
}

/** The request of a dump; its sequence number is set with each use. */
export function dumpRequest(type: number, payload: Uint8Array): Buffer {
  return buildMessage({ type, flags: messageFlag.request | messageFlag.dump, sequence: 0, payload });
}

type DumpOutcome = { kind: 'complete' } | { kind: 'interrupted' } | { kind: 'failed'; fault: NetlinkFault };

let sequence = 0;

/** Numbers the request that lies in `request`, so that its answers can be told from late ones of another. */
export function numberRequest(request: Buffer): number {
  sequence = (sequence + 1) >>> 0;
  request.writeUInt32LE(sequence, 8);
  return sequence;
}

type Exchange = { libc: Libc; fd: number; request: Buffer; receive: Buffer };

/** Sends a dump request and hands each message of the answer to `onMessage`; the message is valid only during that call. */
function dump(exchange: Exchange, onMessage: (buffer: Buffer, message: NetlinkMessage) => void): DumpOutcome {
  const { libc, fd, request, receive } = exchange;
  const number = numberRequest(request);
  const sent = libc.send(fd, request, request.length);
  if (sent < 0) return { kind: 'failed', fault: netlinkFault('send', sent) };
  let interrupted = false;
  while (true) {
    const length = libc.recv(fd, receive);
    if (length === -errno.EINTR) continue;
    if (length < 0) return { kind: 'failed', fault: netlinkFault('recv', length) };
    if (length > receive.length) return { kind: 'failed', fault: netlinkFault('recv', errno.EMSGSIZE) };
    const { messages, malformed } = readMessages(receive, length);
    for (const message of messages) {
      if (message.sequence !== number) continue;
      if ((message.flags & messageFlag.dumpInterrupted) !== 0) interrupted = true;
      if (message.type === messageType.done || message.type === messageType.error) {
        // Both carry an errno; that of a `done` says that the dump broke off.
        const code = message.end - message.start >= 4 ? receive.readInt32LE(message.start) : 0;
        if (code < 0) return { kind: 'failed', fault: netlinkFault('dump', code) };
        return interrupted ? { kind: 'interrupted' } : { kind: 'complete' };
      }
      if (message.type >= 0x10) onMessage(receive, message);
    }
    if (malformed || length === 0)
      return { kind: 'failed', fault: { call: 'recv', errno: 0, reason: 'malformed answer' } };
  }
}

const attempts = 4;

/**
 * The items of a dump. A table that changes while it is dumped (NLM_F_DUMP_INTR), or an answer that did not fit the socket
 * (ENOBUFS), is asked for again; `partial` says that the last answer was still not of one moment.
 */
export function dumpList<T>(
  exchange: Exchange,
  decode: (buffer: Buffer, message: NetlinkMessage) => T | null,
): { items: T[]; partial: boolean; fault: NetlinkFault | null } {
  let items: T[] = [];
  let fault: NetlinkFault | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    items = [];
    const outcome = dump(exchange, (buffer, message) => {
      const item = decode(buffer, message);
      if (item !== null) items.push(item);
    });
    if (outcome.kind === 'complete') return { items, partial: false, fault: null };
    fault = outcome.kind === 'failed' ? outcome.fault : null;
    if (fault !== null && fault.errno !== errno.ENOBUFS && fault.errno !== errno.EBUSY)
      return { items, partial: false, fault };
  }
  return { items, partial: fault === null, fault };
}

/** Takes `count` sequence numbers, each given once in the life of the process; the first of them. */
export function takeSequence(count: number): number {
  const first = sequence + 1;
  sequence = (sequence + count) >>> 0;
  return first;
}

/**
 * Sends messages that change something, and waits for the kernel's word on each of `acknowledged`. null where it took them all; the first refusal else. The
 * socket blocks, for no longer than its receive timeout.
 */
export function transact(
  { libc, fd, receive }: Omit<Exchange, 'request'>,
  { bytes, acknowledged }: { bytes: Buffer; acknowledged: readonly number[] },
): NetlinkFault | null {
  const sent = libc.send(fd, bytes, bytes.length);
  if (sent < 0) return netlinkFault('send', sent);
  const waiting = new Set(acknowledged);
  const lowest = Math.min(...acknowledged) - 1;
  while (waiting.size > 0) {
    const length = libc.recv(fd, receive);
    if (length === -errno.EINTR) continue;
    if (length < 0) return netlinkFault('recv', length);
    for (const message of readMessages(receive, length).messages) {
      if (message.type !== messageType.error || message.sequence < lowest) continue;
      // What is wrong with a whole batch is said of its first message, which asks for no acknowledgement.
      const code = receive.readInt32LE(message.start);
      if (code < 0) return netlinkFault('change', code);
      waiting.delete(message.sequence);
    }
  }
  return null;
}
