import type { Socket } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { SocketTable } from './findSocket.ts';

function socket(address: string, more: Partial<Socket> = {}): Socket {
  return {
    type: 'socket',
    id: address,
    sandbox: 'sandbox:host',
    protocol: 'tcp',
    family: address.includes(':') ? 6 : 4,
    address,
    port: 80,
    v6only: null,
    boundTo: null,
    inode: 1,
    uid: 0,
    processes: null,
    ...more,
  };
}

const to = (address: string) => ({ protocol: 'tcp', address, port: 80 });

describe('SocketTable.receiving', () => {
  it.each([
    ['the very address before the wildcard', [socket('0.0.0.0'), socket('192.0.2.1')], '192.0.2.1', '192.0.2.1'],
    ['the wildcard of the family before the one of both', [socket('::'), socket('0.0.0.0')], '192.0.2.1', '0.0.0.0'],
    ['the IPv6 wildcard takes IPv4', [socket('::')], '192.0.2.1', '::'],
    ['unless it is IPv6 only', [socket('::', { v6only: true })], '192.0.2.1', undefined],
    ['the IPv4 wildcard does not take IPv6', [socket('0.0.0.0')], '2001:db8::1', undefined],
    ['another address does not answer', [socket('127.0.0.1')], '192.0.2.1', undefined],
    ['an IPv4 address on an IPv6 socket', [socket('::ffff:192.0.2.1')], '192.0.2.1', '::ffff:192.0.2.1'],
    ['the wildcard itself', [socket('0.0.0.0')], '0.0.0.0', '0.0.0.0'],
    [
      'one bound to a device is asked last',
      [socket('192.0.2.1', { boundTo: 'link:host/2' }), socket('::')],
      '192.0.2.1',
      '::',
    ],
    ['another port does not answer', [socket('0.0.0.0', { port: 81 })], '192.0.2.1', undefined],
    ['another protocol does not answer', [socket('0.0.0.0', { protocol: 'udp' })], '192.0.2.1', undefined],
  ])('%s', (_, sockets, address, expected) => {
    expect(new SocketTable(sockets).receiving(to(address))?.id).toBe(expected);
  });
});
