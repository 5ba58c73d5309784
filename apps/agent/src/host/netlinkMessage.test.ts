import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAddress } from './decodeAddress.ts';
import { decodeFdb } from './decodeFdb.ts';
import { decodeLink, decodeLinkIdentity } from './decodeLink.ts';
import { decodeNeighbor } from './decodeNeighbor.ts';
import { decodePolicyRule } from './decodePolicyRule.ts';
import { decodeRoute } from './decodeRoute.ts';
import { decodeSocket } from './decodeSocket.ts';
import { AttributeSet, buildMessage, readAttributes, readMessages } from './netlinkMessage.ts';
import { addLinkSysctls } from './readSysctls.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const attribute = fc.record({ type: fc.integer({ min: 0, max: 0x3fff }), value: bytes(64) });
const message = fc.record({
  type: fc.integer({ min: 0, max: 0xffff }),
  flags: fc.integer({ min: 0, max: 0xffff }),
  sequence: fc.integer({ min: 0, max: 0xffffffff }),
  // Whole words, as all fixed structures are: attributes begin after them.
  payload: fc
    .integer({ min: 0, max: 9 })
    .chain((words) => fc.uint8Array({ minLength: words * 4, maxLength: words * 4 })),
  attributes: fc.array(attribute, { maxLength: 8 }),
});

describe('netlink messages', () => {
  it('are read as they were built', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (built) => {
        const buffer = Buffer.concat(built.map(buildMessage));
        const { messages, malformed } = readMessages(buffer, buffer.length);
        expect(malformed).toBe(false);
        const read = messages.map(({ type, flags, sequence, start, end }, index) => {
          const length = built[index]?.payload.length ?? 0;
          const { attributes, rest } = readAttributes(buffer, start + length, end);
          expect(rest).toBe(0);
          return {
            type,
            flags,
            sequence,
            payload: new Uint8Array(buffer.subarray(start, start + length)),
            attributes: attributes.map((each) => ({
              type: each.type,
              value: new Uint8Array(buffer.subarray(each.start, each.end)),
            })),
          };
        });
        expect(read).toEqual(built);
      }),
    );
  });

  it('that were cut short are said to be malformed, and nothing outside of the range is read', () => {
    fc.assert(
      fc.property(message, fc.nat(), (built, at) => {
        const whole = buildMessage(built);
        const length = at % whole.length;
        const { messages, malformed } = readMessages(whole, length);
        expect(messages).toEqual([]);
        expect(malformed).toBe(length > 0);
      }),
    );
  });

  it('of a repeated attribute a set has the last', () => {
    const value = (octet: number) => ({ type: 7, value: Uint8Array.of(octet) });
    const buffer = buildMessage({
      type: 16,
      flags: 0,
      sequence: 1,
      payload: new Uint8Array(0),
      attributes: [1, 2].map(value),
    });
    expect(new AttributeSet(buffer, 16, buffer.length).u8(7)).toBe(2);
  });

  it('values that are too short for their type are absent', () => {
    const attributes = [{ type: 4, value: Uint8Array.of(1, 2, 3) }];
    const buffer = buildMessage({ type: 16, flags: 0, sequence: 1, payload: new Uint8Array(0), attributes });
    const set = new AttributeSet(buffer, 16, buffer.length);
    expect([set.u32(4), set.s32(4), set.u16(4), set.u8(4), set.u8(5)]).toEqual([
      undefined,
      undefined,
      0x0201,
      1,
      undefined,
    ]);
  });
});

describe('decoders', () => {
  const names = new Map([[1, 'lo']]);
  const identities = new Map([[1, { ifindex: 1, name: 'lo', flags: 0 }]]);
  const decodeAll = (buffer: Buffer, start: number, end: number) => {
    decodeLinkIdentity(buffer, start, end);
    decodeLink(buffer, { start, end }, identities);
    decodeAddress(buffer, start, end);
    decodeRoute(buffer, { start, end }, names);
    decodePolicyRule(buffer, start, end);
    decodeNeighbor(buffer, { start, end }, names);
    decodeFdb(buffer, { start, end }, names);
    decodeSocket(buffer, { start, end }, 'tcp');
    addLinkSysctls({}, 'lo', { buffer, start, end });
  };

  it('never throw on random bytes', () => {
    fc.assert(
      fc.property(bytes(300), (random) => {
        const buffer = Buffer.from(random);
        readMessages(buffer, buffer.length);
        decodeAll(buffer, 0, buffer.length);
      }),
      { numRuns: 2_000 },
    );
  });

  const headers: Record<number, number> = { 0: 12, 1: 16, 2: 8, 3: 72 };
  it('never throw on well-formed messages with senseless attributes', () => {
    const small = fc.record({ type: fc.integer({ min: 0, max: 60 }), value: bytes(40) });
    const nested = fc.array(small, { maxLength: 6 }).map((attributes) => ({ payload: new Uint8Array(0), attributes }));
    const outer = fc.record({
      type: fc.integer({ min: 0, max: 60 }),
      value: fc.oneof(
        bytes(40),
        nested.map(
          ({ payload, attributes }) =>
            new Uint8Array(buildMessage({ type: 0, flags: 0, sequence: 0, payload, attributes }).subarray(16)),
        ),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(2, 7, 10),
        fc.constantFrom(0, 1, 2, 3),
        fc.array(outer, { maxLength: 12 }),
        (family, header, attributes) => {
          const payload = new Uint8Array(headers[header] ?? 12);
          payload[0] = family;
          const kind = { type: 18, value: linkInfo(attributes.flatMap(({ value }) => [...value])) };
          const buffer = buildMessage({ type: 16, flags: 0, sequence: 0, payload, attributes: [kind, ...attributes] });
          decodeAll(buffer, 16, buffer.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** IFLA_LINKINFO of one of the known kinds with senseless data. */
function linkInfo(data: number[]): Uint8Array {
  const kinds = ['bridge', 'vxlan', 'macvlan', 'ipvlan', 'vlan', 'bond', 'tun', 'geneve', 'vrf', 'gre', 'sit'];
  const kind = kinds[data.length % kinds.length] ?? 'bridge';
  const attributes = [
    { type: 1, value: Buffer.from(`${kind}\0`) },
    { type: 2, value: Uint8Array.from(data) },
    { type: 4, value: Buffer.from(data.length % 2 === 0 ? 'bridge\0' : 'bond\0') },
    { type: 5, value: Uint8Array.from(data) },
  ];
  const payload = new Uint8Array(0);
  return new Uint8Array(buildMessage({ type: 0, flags: 0, sequence: 0, payload, attributes }).subarray(16));
}
