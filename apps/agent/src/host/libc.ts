import { createRequire } from 'node:module';
import { endianness } from 'node:os';

/*
 * The few C functions by which the agent talks to the kernel, bound through koffi. Errors are values in the kernel's own
 * convention: a result below zero is the negated errno. koffi is loaded on first use and by `require`, so that a program
 * that never reads a kernel (a recording on a Mac) starts without its native part, and so that a bundler leaves it outside.
 */

/** Each function returns what the system call returns, or -errno. Buffers are written to in place. */
export type Libc = {
  open(path: string, flags: number): number;
  close(fd: number): number;
  read(fd: number, buffer: Buffer): number;
  socket(domain: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, option: number, value: Buffer): number;
  send(fd: number, message: Buffer, length: number): number;
  /** MSG_TRUNC is set: a result larger than the buffer is the length that the message had. */
  recv(fd: number, buffer: Buffer): number;
  /** `header` is a struct msghdr whose pointers came from `address`. Does not block. */
  recvmsgNow(fd: number, header: Buffer): number;
  bind(fd: number, address: Buffer): number;
  connect(fd: number, address: Buffer): number;
  /** `length` is a 32-bit number: what `address` can hold, then what was written. */
  getsockname(fd: number, address: Buffer, length: Buffer): number;
  setns(fd: number, type: number): number;
  /** Where the buffer lies in memory. The caller keeps the buffer alive for as long as the kernel may use the address. */
  address(buffer: Buffer): bigint;
  /** Calls back on the event loop of this thread whenever `fd` has something to read, without keeping the loop alive. */
  onReadable(fd: number, callback: () => void): ReadableWatch;
};

export type ReadableWatch = { pause(): void; resume(): void; close(): void };

/** koffi is not here or not for this machine: `reason` says so in a sentence. */
export type LibcUnavailable = { unavailable: true; reason: string };

const flagTruncated = 0x20;
const flagDontWait = 0x40;

export const openReadOnly = 0o2000000; // O_RDONLY | O_CLOEXEC
export const cloneNewNet = 0x40000000; // CLONE_NEWNET, linux/sched.h

export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  EACCES: 13,
  EBUSY: 16,
  EINVAL: 22,
  EMFILE: 24,
  EMSGSIZE: 90,
  ENOBUFS: 105,
  EOPNOTSUPP: 95,
  EPROTONOSUPPORT: 93,
  EAFNOSUPPORT: 97,
  EEXIST: 17,
  ENOPROTOOPT: 92,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNRESET: 104,
  EISCONN: 106,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTDOWN: 112,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
} as const;

/** `EPERM` for 1 or -1; `errno 131` for one that has no name here. */
export function errnoName(code: number): string {
  const positive = Math.abs(code);
  const found = Object.entries(errno).find(([, value]) => value === positive);
  return found === undefined ? `errno ${positive}` : found[0];
}

let loaded: Libc | LibcUnavailable | undefined;

/** The bindings of this thread, loaded once. Linux on a little-endian machine only: netlink speaks the host's byte order. */
export function loadLibc(): Libc | LibcUnavailable {
  loaded ??= load();
  return loaded;
}

function load(): Libc | LibcUnavailable {
  if (process.platform !== 'linux') {
    return { unavailable: true, reason: `the kernel's network can be read on Linux only, this is ${process.platform}` };
  }
  if (endianness() !== 'LE') return { unavailable: true, reason: 'big-endian machines are not supported' };
  try {
    return bind(createRequire(import.meta.url)('koffi') as typeof import('koffi'));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { unavailable: true, reason: `koffi, by which the kernel is asked, did not load: ${message}` };
  }
}

function bind(koffi: typeof import('koffi')): Libc {
  // null is the running program itself: node is linked with libc, be it glibc's or musl's.
  const library = koffi.load(null);
  const open = library.func('int open(const char *, int)');
  const close = library.func('int close(int)');
  const read = library.func('int64_t read(int, void *, size_t)');
  const socket = library.func('int socket(int, int, int)');
  const setsockopt = library.func('int setsockopt(int, int, int, void *, unsigned int)');
  const send = library.func('int64_t send(int, void *, size_t, int)');
  const recv = library.func('int64_t recv(int, void *, size_t, int)');
  const recvmsg = library.func('int64_t recvmsg(int, void *, int)');
  const bindSocket = library.func('int bind(int, void *, unsigned int)');
  const connect = library.func('int connect(int, void *, unsigned int)');
  const getsockname = library.func('int getsockname(int, void *, void *)');
  const setns = library.func('int setns(int, int)');
  const checked = (result: number) => (result < 0 ? -koffi.errno() : result);
  return {
    open: (path, flags) => checked(open(path, flags)),
    close: (fd) => checked(close(fd)),
    read: (fd, buffer) => checked(read(fd, buffer, buffer.length)),
    socket: (domain, type, protocol) => checked(socket(domain, type, protocol)),
    setsockopt: (fd, level, option, value) => checked(setsockopt(fd, level, option, value, value.length)),
    send: (fd, message, length) => checked(send(fd, message, length, 0)),
    recv: (fd, buffer) => checked(recv(fd, buffer, buffer.length, flagTruncated)),
    recvmsgNow: (fd, header) => checked(recvmsg(fd, header, flagDontWait)),
    bind: (fd, address) => checked(bindSocket(fd, address, address.length)),
    connect: (fd, address) => checked(connect(fd, address, address.length)),
    getsockname: (fd, address, length) => checked(getsockname(fd, address, length)),
    setns: (fd, type) => checked(setns(fd, type)),
    address: (buffer) => koffi.address(buffer),
    onReadable: (fd, callback) => {
      const handle = koffi.node.poll(fd, { readable: true }, () => callback());
      handle.unref();
      return {
        pause: () => handle.stop(),
        resume: () => handle.start({ readable: true }, () => callback()),
        close: () => handle.close(),
      };
    },
  };
}
