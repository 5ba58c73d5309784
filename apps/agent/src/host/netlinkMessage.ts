/*
 * The form of netlink messages: a 16-byte header, a fixed structure that depends on the type, then attributes, each padded to
 * four bytes. Pure: bytes in, bytes out, in the byte order of a little-endian host. Nothing here reads outside of its range,
 * whatever the lengths in the bytes claim; what does not fit is reported as `malformed`.
 * Source: linux/netlink.h, linux/rtnetlink.h, Documentation/userspace-api/netlink/intro.rst.
 */

const messageHeaderLength = 16;
const attributeHeaderLength = 4;
/** NLA_TYPE_MASK: the two upper bits of a type are flags (nested, network byte order). */
const attributeTypeMask = 0x3fff;

export const messageType = { noop: 1, error: 2, done: 3, overrun: 4 } as const;
export const messageFlag = { request: 1, multi: 2, ack: 4, dumpInterrupted: 0x10, dump: 0x300 } as const;

/** A message inside a buffer: its payload is at [start, end). */
export type NetlinkMessage = { type: number; flags: number; sequence: number; start: number; end: number };

const align = (length: number) => (length + 3) & ~3;

/** The messages in the first `length` bytes. `malformed`: something at the end claimed a length that cannot be. */
export function readMessages(buffer: Buffer, length: number): { messages: NetlinkMessage[]; malformed: boolean } {
  const limit = Math.min(length, buffer.length);
  const messages: NetlinkMessage[] = [];
  let offset = 0;
  while (offset + messageHeaderLength <= limit) {
    const size = buffer.readUInt32LE(offset);
    if (size < messageHeaderLength || offset + size > limit) return { messages, malformed: true };
    messages.push({
      type: buffer.readUInt16LE(offset + 4),
      flags: buffer.readUInt16LE(offset + 6),
      sequence: buffer.readUInt32LE(offset + 8),
      start: offset + messageHeaderLength,
      end: offset + size,
    });
    offset += align(size);
  }
  return { messages, malformed: offset < limit };
}

/** One attribute inside a buffer: its value is at [start, end). */
export type Attribute = { type: number; start: number; end: number };

/** The attributes in [start, end), in order and with repetitions, for lists. Stops at the first that does not fit. */
export function readAttributes(buffer: Buffer, start: number, end: number): { attributes: Attribute[]; rest: number } {
  const attributes: Attribute[] = [];
  const limit = Math.min(end, buffer.length);
  let offset = start;
  while (offset + attributeHeaderLength <= limit) {
    const size = buffer.readUInt16LE(offset);
    if (size < attributeHeaderLength || offset + size > limit) break;
    const type = buffer.readUInt16LE(offset + 2) & attributeTypeMask;
    attributes.push({ type, start: offset + attributeHeaderLength, end: offset + size });
    offset += align(size);
  }
  return { attributes, rest: Math.max(0, limit - offset) };
}

/** The attributes of a range by type (of a repeated type the last), with typed readers that give undefined for a misfit. */
export class AttributeSet {
  readonly #buffer: Buffer;
  readonly #ranges = new Map<number, number>();
  /** Something in the range was not an attribute. */
  readonly malformed: boolean;

  constructor(buffer: Buffer, start: number, end: number) {
    this.#buffer = buffer;
    const limit = Math.min(end, buffer.length);
    let offset = start;
    while (offset + attributeHeaderLength <= limit) {
      const size = buffer.readUInt16LE(offset);
      if (size < attributeHeaderLength || offset + size > limit) break;
      this.#ranges.set(buffer.readUInt16LE(offset + 2) & attributeTypeMask, offset);
      offset += align(size);
    }
    this.malformed = offset < limit;
  }

  has(type: number): boolean {
    return this.#ranges.has(type);
  }

  range(type: number): { start: number; end: number } | undefined {
    const offset = this.#ranges.get(type);
    if (offset === undefined) return undefined;
    return { start: offset + attributeHeaderLength, end: offset + this.#buffer.readUInt16LE(offset) };
  }

  /** A view, not a copy: the receive buffer under it is used again. */
  bytes(type: number): Buffer | undefined {
    const range = this.range(type);
    return range === undefined ? undefined : this.#buffer.subarray(range.start, range.end);
  }

  /** Where a value of exactly or at least `size` bytes starts. */
  #at(type: number, size: number): number | undefined {
    const offset = this.#ranges.get(type);
    if (offset === undefined) return undefined;
    return this.#buffer.readUInt16LE(offset) - attributeHeaderLength < size
      ? undefined
      : offset + attributeHeaderLength;
  }

  u8(type: number): number | undefined {
    const at = this.#at(type, 1);
    return at === undefined ? undefined : this.#buffer.readUInt8(at);
  }

  u16(type: number): number | undefined {
    const at = this.#at(type, 2);
    return at === undefined ? undefined : this.#buffer.readUInt16LE(at);
  }

  u16BigEndian(type: number): number | undefined {
    const at = this.#at(type, 2);
    return at === undefined ? undefined : this.#buffer.readUInt16BE(at);
  }

  u32(type: number): number | undefined {
    const at = this.#at(type, 4);
    return at === undefined ? undefined : this.#buffer.readUInt32LE(at);
  }

  s32(type: number): number | undefined {
    const at = this.#at(type, 4);
    return at === undefined ? undefined : this.#buffer.readInt32LE(at);
  }

  /** Up to its first zero byte. */
  text(type: number): string | undefined {
    const range = this.range(type);
    return range === undefined ? undefined : readText(this.#buffer, range.start, range.end);
  }

  nested(type: number): AttributeSet | undefined {
    const range = this.range(type);
    return range === undefined ? undefined : new AttributeSet(this.#buffer, range.start, range.end);
  }
}

/** The text in [start, end) up to its first zero byte. */
export function readText(buffer: Buffer, start: number, end: number): string {
  let stop = start;
  while (stop < end && buffer[stop] !== 0) stop++;
  return buffer.toString('utf8', start, stop);
}

/** An unsigned 64-bit counter as a number: exact to 2^53, that is eight petabytes. */
export function readU64(buffer: Buffer, offset: number): number {
  return buffer.readUInt32LE(offset + 4) * 0x1_0000_0000 + buffer.readUInt32LE(offset);
}

export type AttributeValue = { type: number; value: Uint8Array };

/** A whole message: header, fixed structure, attributes. `sequence` is at byte 8 for those who use the buffer again. */
export function buildMessage(message: {
  type: number;
  flags: number;
  sequence: number;
  payload: Uint8Array;
  attributes?: AttributeValue[];
}): Buffer {
  const attributes = message.attributes ?? [];
  const attributesAt = messageHeaderLength + align(message.payload.length);
  const length = attributes.reduce((sum, { value }) => sum + align(attributeHeaderLength + value.length), attributesAt);
  const buffer = Buffer.alloc(length);
  buffer.writeUInt32LE(length, 0);
  buffer.writeUInt16LE(message.type, 4);
  buffer.writeUInt16LE(message.flags, 6);
  buffer.writeUInt32LE(message.sequence, 8);
  buffer.set(message.payload, messageHeaderLength);
  let offset = attributesAt;
  for (const { type, value } of attributes) {
    buffer.writeUInt16LE(attributeHeaderLength + value.length, offset);
    buffer.writeUInt16LE(type, offset + 2);
    buffer.set(value, offset + attributeHeaderLength);
    offset += align(attributeHeaderLength + value.length);
  }
  return buffer;
}
