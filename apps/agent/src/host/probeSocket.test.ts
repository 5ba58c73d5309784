import { expect, it } from 'vitest';
import { checksum } from './probeSocket.ts';

// RFC 1071, section 3, has these bytes and their sum ddf2; the checksum is its complement.
it('the checksum is that of RFC 1071', () => {
  expect(checksum(Buffer.from('0001f203f4f5f6f7', 'hex'))).toBe(0xffff ^ 0xddf2);
});

it('a message with its checksum in it sums to nothing, of odd length too', () => {
  const message = Buffer.from('0800000012340001766574687363', 'hex');
  message.writeUInt16BE(checksum(message), 2);
  expect(checksum(message)).toBe(0);
  const odd = Buffer.from('080000001234000176', 'hex');
  odd.writeUInt16BE(checksum(odd), 2);
  expect(checksum(odd)).toBe(0);
});
