import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress } from './networkName.ts';
import { addressBytes, decodeSocketAddress, encodeSocketAddress } from './socketAddress.ts';

describe('addresses', () => {
  it.each([
    ['127.0.0.1', '7f000001'],
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['fd00:6::a', 'fd00000600000000000000000000000a'],
    ['FD00:0006:0:0::a', 'fd00000600000000000000000000000a'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ])('%s has the octets %s', (text, octets) => {
    expect(addressBytes(text)?.toString('hex')).toBe(octets);
  });

  it.each(['', 'localhost', '10.0.0', '10.0.0.256', 'fe80::1%eth0', '[::1]', '1::2::3'])('%j is none', (text) => {
    expect(addressBytes(text)).toBeNull();
  });

  it('come back from what they are written as, with their port', () => {
    const octets = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(octets, fc.nat(65_535), (bytes, port) => {
        const address = formatAddress(Buffer.from(bytes)) ?? '';
        expect(addressBytes(address)).toEqual(Buffer.from(bytes));
        expect(decodeSocketAddress(encodeSocketAddress({ address, port }))).toEqual({ address, port });
      }),
    );
  });
});
