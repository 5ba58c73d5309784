import { randomBytes } from 'node:crypto';
import { errno, errnoName, type Libc } from './libc.ts';
import { type NetlinkFault, netlinkFault, nonBlocking } from './netlinkSocket.ts';
import { familyInet, familyInet6 } from './networkName.ts';
import { decodeSocketAddress, encodeSocketAddress, type SocketAddress } from './socketAddress.ts';

/*
 * The socket that sends a live probe's one packet. It is made while its thread is in the sender's namespace, to which it then belongs for its life;
 * everything after that is done from outside, without ever waiting. Source: socket(7), tcp(7), udp(7), raw(7), icmp(7).
 */

/** What to send, to an address. `source` and `sourcePort`: what to bind to; null leaves it to the kernel. Ports null for ICMP. */
export interface ProbePacketSpec {
  protocol: 'tcp' | 'udp' | 'icmp';
  destination: string;
  destinationPort: number | null;
  source: string | null;
  sourcePort: number | null;
}

/** The headers that the packet will have. `source` null where the kernel has no route, and so no address, for it. */
export interface ProbeHeaders {
  source: string | null;
  sourcePort: number | null;
  echoId: number | null;
}

/**
 * `waiting`: no word yet. `failed`: an errno by its name; `atOnce` where connect(2) or send(2) itself gave it. `accepted`: a TCP connection was made;
 * `ended` where the other side closed it again.
 */
export type ProbeState =
  | { kind: 'waiting' }
  | { kind: 'accepted'; ended: boolean }
  | { kind: 'answered' }
  | { kind: 'failed'; error: string; atOnce: boolean };

const socketType = { stream: 1, datagram: 2, raw: 3 } as const;
const closeOnExec = 0o2000000;
const protocolIcmp = 1;
const protocolIcmp6 = 58;
/** IP_RECVERR and IPV6_RECVERR: every ICMP error is told, not only those that UDP takes for final. */
const receiveErrors = { 4: { level: 0, option: 11 }, 6: { level: 41, option: 25 } } as const;
const one = Buffer.from([1, 0, 0, 0]);
const payload = Buffer.from('vethscope probe');
const echo = { 4: { request: 8, reply: 0 }, 6: { request: 128, reply: 129 } } as const;
/** Any port will do to ask for a route; nothing is sent. */
const discardPort = 9;

/** Call it in the sender's namespace. */
export function openProbeSocket(libc: Libc, spec: ProbePacketSpec): ProbeSocket | NetlinkFault {
  const six = spec.destination.includes(':');
  const family = six ? familyInet6 : familyInet;
  const kind = { tcp: socketType.stream, udp: socketType.datagram, icmp: socketType.raw }[spec.protocol];
  const protocol = spec.protocol !== 'icmp' ? 0 : six ? protocolIcmp6 : protocolIcmp;
  const fd = libc.socket(family, kind | closeOnExec | nonBlocking, protocol);
  if (fd < 0) return netlinkFault('socket', fd);
  const errors = receiveErrors[six ? 6 : 4];
  libc.setsockopt(fd, errors.level, errors.option, one);
  const any = six ? '::' : '0.0.0.0';
  const bound = libc.bind(fd, encodeSocketAddress({ address: spec.source ?? any, port: spec.sourcePort ?? 0 }));
  if (bound < 0) {
    libc.close(fd);
    return netlinkFault('bind', bound);
  }
  const isIcmp = spec.protocol === 'icmp';
  const headers: ProbeHeaders = {
    source: spec.source ?? routedSource(libc, { family, spec }),
    sourcePort: isIcmp ? null : (ownAddress(libc, fd)?.port ?? null),
    echoId: isIcmp ? randomBytes(2).readUInt16BE(0) : null,
  };
  return new ProbeSocket(libc, { fd, spec, headers });
}

/** The address that the kernel would give to a packet there: connecting a UDP socket asks the routes and sends nothing. */
function routedSource(libc: Libc, { family, spec }: { family: number; spec: ProbePacketSpec }): string | null {
  const fd = libc.socket(family, socketType.datagram | closeOnExec, 0);
  if (fd < 0) return null;
  const to = { address: spec.destination, port: spec.destinationPort ?? discardPort };
  const source = libc.connect(fd, encodeSocketAddress(to)) < 0 ? null : (ownAddress(libc, fd)?.address ?? null);
  libc.close(fd);
  return source;
}

function ownAddress(libc: Libc, fd: number): SocketAddress | null {
  const address = Buffer.alloc(28);
  const length = Buffer.from([28, 0, 0, 0]);
  return libc.getsockname(fd, address, length) < 0 ? null : decodeSocketAddress(address);
}

export class ProbeSocket {
  readonly headers: ProbeHeaders;
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #spec: ProbePacketSpec;
  readonly #to: Buffer;
  #state: ProbeState = { kind: 'waiting' };

  constructor(libc: Libc, socket: { fd: number; spec: ProbePacketSpec; headers: ProbeHeaders }) {
    this.#libc = libc;
    this.#fd = socket.fd;
    this.#spec = socket.spec;
    this.headers = socket.headers;
    // To a raw socket the port is the protocol's number, which must be its own or none.
    this.#to = encodeSocketAddress({ address: socket.spec.destination, port: socket.spec.destinationPort ?? 0 });
  }

  /** Sends the packet. */
  send(): ProbeState {
    const connected = this.#libc.connect(this.#fd, this.#to);
    if (this.#spec.protocol === 'tcp') {
      if (connected !== -errno.EINPROGRESS) this.#connected(connected, true);
      return this.#state;
    }
    const message = this.#spec.protocol === 'udp' ? payload : this.#echoRequest();
    const sent = connected < 0 ? connected : this.#libc.send(this.#fd, message, message.length);
    if (sent < 0) this.#state = failed(sent, true);
    return this.#state;
  }

  /** What has come by now. */
  poll(): ProbeState {
    switch (this.#state.kind) {
      case 'failed':
      case 'answered':
        return this.#state;
      case 'waiting':
        if (this.#spec.protocol === 'tcp') this.#connected(this.#libc.connect(this.#fd, this.#to), false);
        else this.#receive();
        return this.#state;
      case 'accepted':
        this.#hearEnd();
        return this.#state;
    }
  }

  close() {
    this.#libc.close(this.#fd);
  }

  #connected(result: number, atOnce: boolean) {
    if (result === -errno.EALREADY || result === -errno.EINPROGRESS || result === -errno.EINTR) return;
    if (result >= 0 || result === -errno.EISCONN) this.#state = { kind: 'accepted', ended: false };
    else this.#state = failed(result, atOnce);
  }

  #hearEnd() {
    const length = this.#libc.recv(this.#fd, Buffer.alloc(64));
    if (length === 0 || (length < 0 && length !== -errno.EAGAIN && length !== -errno.EINTR))
      this.#state = { kind: 'accepted', ended: true };
  }

  #receive() {
    const buffer = Buffer.alloc(2048);
    for (;;) {
      const length = this.#libc.recv(this.#fd, buffer);
      if (length === -errno.EAGAIN || length === -errno.EINTR) return;
      if (length < 0) {
        this.#state = failed(length, false);
        return;
      }
      if (this.#spec.protocol === 'udp' || this.#isEchoReply(buffer.subarray(0, length))) {
        this.#state = { kind: 'answered' };
        return;
      }
    }
  }

  /** A raw socket of IPv4 gives the header of IP too, and hears what others are answered. */
  #isEchoReply(message: Buffer): boolean {
    const six = this.#spec.destination.includes(':');
    const icmp = six ? message : message.subarray(((message[0] ?? 0) & 15) * 4);
    return icmp.length >= 8 && icmp[0] === echo[six ? 6 : 4].reply && icmp.readUInt16BE(4) === this.headers.echoId;
  }

  #echoRequest(): Buffer {
    const six = this.#spec.destination.includes(':');
    const message = Buffer.concat([Buffer.alloc(8), payload]);
    message.writeUInt8(echo[six ? 6 : 4].request, 0);
    message.writeUInt16BE(this.headers.echoId ?? 0, 4);
    message.writeUInt16BE(1, 6);
    // Of ICMPv6 the kernel makes the checksum: the source address is part of it.
    if (!six) message.writeUInt16BE(checksum(message), 2);
    return message;
  }
}

const failed = (result: number, atOnce: boolean): ProbeState => ({ kind: 'failed', error: errnoName(result), atOnce });

/** The Internet checksum (RFC 1071) of a message whose own field is zero. */
export function checksum(message: Buffer): number {
  let sum = 0;
  for (let at = 0; at < message.length; at += 2) sum += ((message[at] ?? 0) << 8) | (message[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
