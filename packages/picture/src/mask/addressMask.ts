import ipaddr from 'ipaddr.js';

type Family = 4 | 6;

interface Block {
  family: Family;
  base: bigint;
  length: number;
  /** What the block is called in the picture. */
  to: bigint;
}

const bits = { 4: 32, 6: 128 } as const;

/** Ranges whose meaning is known to everybody and tells nothing about a host. Whole private ranges stay too, where they are named as such. */
const kept4 = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'];
const private4 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
const kept6 = ['::/127', 'ff00::/8'];
const private6 = ['fc00::/7'];

/**
 * Other addresses in the place of the host's. What was in one subnet is in one subnet again, with the same prefix length and the same end, so that
 * .1 is still the gateway; private networks become 10.1.0.0, 10.2.0.0, … and fd00:1::, others are of the ranges for documentation (RFC 5737,
 * RFC 3849) and for tests (RFC 2544). The numbers are given in order, so nothing can be calculated back from them.
 */
export class AddressMask {
  private readonly blocks: Block[] = [];
  private readonly single = new Map<string, bigint>();
  private readonly used = new Map<string, number>();
  private readonly kept: Record<Family, Range[]> = { 4: kept4.map(rangeOf), 6: kept6.map(rangeOf) };
  private readonly privates: Record<Family, Range[]> = { 4: private4.map(rangeOf), 6: private6.map(rangeOf) };

  /** `subnets`: those that the host has, as CIDR. Larger ones first take their numbers, so that what lies in them stays in them. */
  constructor(subnets: readonly string[]) {
    const ranges = subnets.flatMap((subnet) => (ipaddr.isValidCIDR(subnet) ? [rangeOf(subnet)] : []));
    for (const range of ranges.sort((a, b) => a.length - b.length)) this.prefix(range);
  }

  /** An address, or a prefix with its length, as text. What is neither stays. */
  text(text: string): string {
    const [address = '', length] = text.split('/');
    if (!ipaddr.isValid(address)) return text;
    const { family, value } = numberOf(address);
    if (family === 6 && value >> 32n === 0xffffn) return text.replace(/[^:/]+(?=\/|$)/, (tail) => this.text(tail));
    if (length === undefined || Number(length) === bits[family]) {
      const masked = write(family, this.address(family, value));
      return length === undefined ? masked : `${masked}/${length}`;
    }
    return `${write(family, this.prefix({ family, base: value, length: Number(length) }))}/${length}`;
  }

  private address(family: Family, value: bigint): bigint {
    const range = { family, base: value, length: bits[family] };
    if (this.kept[family].some((each) => holds(each, range))) return value;
    const block = this.blocks.find((each) => holds(each, range));
    if (block) return block.to + (value - first(block));
    const key = `${family}/${value}`;
    const known = this.single.get(key);
    if (known !== undefined) return known;
    const isPrivate = this.privates[family].some((each) => holds(each, range));
    const isLocal = family === 6 && value >> 118n === 0x3fan;
    const start = numberOf(
      family === 4
        ? isPrivate
          ? '10.0.0.0'
          : '203.0.113.0'
        : isLocal
          ? 'fe80::'
          : isPrivate
            ? 'fd00::'
            : '2001:db8::',
    ).value;
    const to = start + BigInt(this.next(`single ${start}`));
    this.single.set(key, to);
    return to;
  }

  /** The address part of a prefix may be that of a host in it, as `ip addr` writes it: its end is kept. */
  private prefix(range: Range): bigint {
    const { family, base, length } = range;
    if (length < 8 || this.kept[family].some((each) => holds(each, range))) return base;
    if (this.privates[family].some((each) => each.length === length && each.base === base)) return base;
    if (family === 6 && length >= 10 && base >> 118n === 0x3fan)
      return base === first(range) ? base : this.address(family, base);
    let block = this.blocks.find((each) => holds(each, range));
    if (!block) {
      block = { ...range, base: first(range), to: this.free(range) };
      this.blocks.push(block);
    }
    return block.to + (base - first(block));
  }

  private free(range: Range): bigint {
    const { family, length } = range;
    const isPrivate = this.privates[family].some((each) => holds(each, range));
    if (family === 6) {
      const start = numberOf(isPrivate ? 'fd00::' : '2001:db8::').value;
      // The number stands in the last group that the prefix covers, and at least in the third.
      const shift = BigInt(128 - Math.max(isPrivate ? 32 : 48, Math.min(length, 64)));
      return start + (BigInt(this.next(`6 ${isPrivate}`)) << shift);
    }
    if (isPrivate) {
      if (length < 16) return numberOf('11.0.0.0').value + (BigInt(this.next('4 large')) << 24n);
      return numberOf('10.0.0.0').value + (BigInt(this.next('4 private')) << 16n);
    }
    if (length < 24) return numberOf('100.64.0.0').value + (BigInt(this.next('4 public')) << (length < 16 ? 24n : 16n));
    const number = this.next('4 documents');
    return number === 1
      ? numberOf('198.51.100.0').value
      : number === 2
        ? numberOf('192.0.2.0').value
        : numberOf('198.18.0.0').value + (BigInt(number) << 8n);
  }

  private next(kind: string): number {
    const number = (this.used.get(kind) ?? 0) + 1;
    this.used.set(kind, number);
    return number;
  }
}

interface Range {
  family: Family;
  base: bigint;
  length: number;
}

function rangeOf(subnet: string): Range {
  const [address = '', length = ''] = subnet.split('/');
  const { family, value } = numberOf(address);
  const range = { family, base: value, length: Number(length) };
  return { ...range, base: first(range) };
}

function first({ family, base, length }: Range): bigint {
  const host = BigInt(bits[family] - length);
  return (base >> host) << host;
}

function holds(outer: Range, range: Range): boolean {
  if (outer.family !== range.family || outer.length > range.length) return false;
  const host = BigInt(bits[outer.family] - outer.length);
  return outer.base >> host === range.base >> host;
}

function numberOf(address: string): { family: Family; value: bigint } {
  const parsed = ipaddr.parse(address);
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { family: parsed.kind() === 'ipv4' ? 4 : 6, value };
}

function write(family: Family, value: bigint): string {
  const bytes = Array.from({ length: bits[family] / 8 }, (_, index) =>
    Number((value >> BigInt(bits[family] - 8 * (index + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
