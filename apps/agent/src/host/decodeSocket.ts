import type { SocketReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import { familyInet6, familyName, formatAddress } from './networkName.ts';

/*
 * The answers of sock_diag → SocketReading. Source: linux/inet_diag.h (struct inet_diag_msg, inet_diag_sockid).
 */

const messageLength = 72; // struct inet_diag_msg
const attributeV6only = 11;
/** struct inet_diag_req_v2 */
const requestLength = 56;

export const socketProtocol = { tcp: 6, udp: 17, sctp: 132 } as const;
/** Bits of the states TCP_LISTEN, and TCP_CLOSE: that is what an unconnected UDP socket is in. include/net/tcp_states.h */
const listening = 1 << 10;
const unconnected = 1 << 7;

/** What to ask of sock_diag for the sockets that a packet can arrive at. */
export function socketRequest(protocol: keyof typeof socketProtocol, family: number): Buffer {
  const request = Buffer.alloc(requestLength);
  request.writeUInt8(family, 0);
  request.writeUInt8(socketProtocol[protocol], 1);
  request.writeUInt32LE(protocol === 'udp' ? unconnected : listening, 4);
  return request;
}

/**
 * `processes` stays null: this only asks the kernel's tables. A socket of the kernel itself (VXLAN, WireGuard) is among
 * them, and no process will be found for it. Null for what is not a bound socket.
 */
export function decodeSocket(
  buffer: Buffer,
  range: { start: number; end: number },
  protocol: keyof typeof socketProtocol,
): SocketReading | null {
  const { start, end } = range;
  if (end - start < messageLength) return null;
  const family = buffer.readUInt8(start);
  const name = familyName(family);
  const addressAt = start + 8;
  const address = formatAddress(buffer.subarray(addressAt, addressAt + (family === familyInet6 ? 16 : 4)));
  const port = buffer.readUInt16BE(start + 4);
  if (name === null || address === undefined || port === 0) return null;
  const boundTo = buffer.readUInt32LE(start + 40);
  const v6only = new AttributeSet(buffer, start + messageLength, end).u8(attributeV6only);
  return {
    protocol,
    family: name,
    address,
    port,
    inode: buffer.readUInt32LE(start + 68),
    uid: buffer.readUInt32LE(start + 64),
    v6only: family === familyInet6 && v6only !== undefined ? v6only !== 0 : null,
    boundIfindex: boundTo === 0 ? null : boundTo,
    processes: null,
  };
}
