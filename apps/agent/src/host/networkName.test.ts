import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, formatHardwareAddress } from './networkName.ts';

const address = (hex: string) => formatAddress(Buffer.from(hex, 'hex'));

describe('addresses are written as inet_ntop(3) does', () => {
  it.each([
    ['c0000201', '192.0.2.1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000000001000000000000', '2001:db8:0:0:1::'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
    ['000000000000000000000000c0000201', '::192.0.2.1'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['ff020000000000000000000000000001', 'ff02::1'],
  ])('%s is %s', (hex, text) => {
    expect(address(hex)).toBe(text);
  });

  it('always as an address that others can read', () => {
    const octet = fc.oneof(
      { arbitrary: fc.constant(0), weight: 3 },
      { arbitrary: fc.integer({ min: 0, max: 255 }), weight: 1 },
    );
    fc.assert(
      fc.property(fc.array(octet, { minLength: 16, maxLength: 16 }), (octets) => {
        expect(isIPv6(formatAddress(Buffer.from(octets)) ?? '')).toBe(true);
      }),
    );
  });

  it('not at all for another length', () => {
    expect(address('c00002')).toBeUndefined();
    expect(formatHardwareAddress(Buffer.from('0242ac110002', 'hex'))).toBe('02:42:ac:11:00:02');
  });
});
