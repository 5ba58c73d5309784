import ipaddr from 'ipaddr.js';

type Family = 4 | 6;
const bits = { 4: 32, 6: 128 } as const;

/** Ranges that every host knows: they and all in them stay. Those for documentation are among them, of which a path takes the internet’s address. */
const kept = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  ...['::/96', 'fe80::/127', '2001:db8:ffff::/48', '2001:db8:fffe::/48', 'ff00::/16', 'ff02::/96'],
];
/** Ranges with a meaning: what is in one is in it again, as another address. */
const meaningful = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'],
  ...['2000::/3', '2001:db8::/32', '64:ff9b::/96', 'fc00::/7', 'fe80::/64', 'ff00::/8', 'ff02::1:ff00:0/104'],
];

export interface PrefixMaskOptions {
  /** Those of the host’s links and networks, as CIDR. */
  subnets: readonly string[];
  /** Prefixes in which the order of the addresses counts: a rule names a range that lies in them. */
  ranges: readonly string[];
  /** A byte that nobody can guess. */
  random: () => number;
}

/**
 * Other addresses in the place of the host’s, such that two of them have the same number of leading bits in common as before (Xu, Fan, Ammar and
 * Moon, "Prefix-preserving IP address anonymization", 2002). So whatever prefix a route, a rule or a set names holds just what it held. What a bit
 * becomes is drawn, not calculated: nobody finds the address by trying. In a subnet of the host the first and the last address stay those, and of
 * IPv4 the last number stays: .1 is still the gateway.
 */
export class PrefixMask {
  /** Nodes of the tree of all prefixes, by key: those whose halves must not change places, those whose must, and those below which none do. */
  private readonly still = new Set<string>();
  private readonly turned = new Set<string>();
  private readonly whole = new Set<string>();
  private readonly subnets = new Set<string>();
  private readonly drawn = new Map<string, bigint>();
  private readonly known = new Map<string, bigint>();
  private readonly random: () => number;

  constructor({ subnets, ranges, random }: PrefixMaskOptions) {
    this.random = random;
    for (const range of [...kept, ...meaningful, ...ranges].map(rangeOf)) this.hold(range, 0);
    for (const range of [...kept, ...ranges].map(rangeOf)) this.whole.add(keyOf(range, range.length));
    for (const range of subnets.filter((text) => ipaddr.isValidCIDR(text)).map(rangeOf)) {
      const { family, base, length } = range;
      // The end of a link-local address is made of the link's MAC.
      if (length === 0 || length === bits[family] || isLinkLocal(range)) continue;
      const last = base | ((1n << BigInt(bits[family] - length)) - 1n);
      this.hold({ family, base, length: bits[family] }, length);
      if (family === 4) this.hold({ family, base: last, length: bits[family] }, length);
      else this.whole.add(keyOf(range, Math.max(112, length)));
      this.subnets.add(keyOf(range, length));
      this.turned.add(keyOf(range, length - 1));
    }
  }

  /** An address, or a prefix with its length, as text. What is neither stays. */
  text(text: string): string {
    const [address = '', length] = text.split('/');
    // What ipaddr.js takes for an address, a bare number is, too.
    if (!/^\d+(\.\d+){3}$|^[0-9a-f:]*:[0-9a-f:.]*$/i.test(address) || !ipaddr.isValid(address)) return text;
    const { family, base } = rangeOf(`${address}/${bits[ipaddr.parse(address).kind() === 'ipv4' ? 4 : 6]}`);
    // An IPv4 address in the form of an IPv6 one.
    if (family === 6 && base >> 32n === 0xffffn) {
      const inner = write(4, this.address(4, base & 0xffffffffn));
      return `::ffff:${inner}${length === undefined ? '' : `/${length}`}`;
    }
    const masked = this.address(family, base);
    if (length === undefined || !/^\d+$/.test(length) || Number(length) > bits[family])
      return `${write(family, masked)}${length === undefined ? '' : `/${length}`}`;
    const room = BigInt(bits[family] - Number(length));
    const isPrefix = (base >> room) << room === base;
    return `${write(family, isPrefix ? (masked >> room) << room : masked)}/${length}`;
  }

  private address(family: Family, value: bigint): bigint {
    const name = `${family}/${value}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    let masked = 0n;
    let isWhole = false;
    let isInSubnet = false;
    for (let depth = 0; depth < bits[family]; depth++) {
      const key = keyOf({ family, base: value }, depth);
      isWhole ||= this.whole.has(key);
      isInSubnet ||= this.subnets.has(key);
      const bit = (value >> BigInt(bits[family] - 1 - depth)) & 1n;
      const stays = isWhole || this.still.has(key) || (family === 4 && isInSubnet && depth >= 24);
      masked = (masked << 1n) | (stays ? bit : bit ^ this.draw(key));
    }
    this.known.set(name, masked);
    return masked;
  }

  private draw(key: string): bigint {
    const known = this.drawn.get(key);
    if (known !== undefined) return known;
    const bit = this.turned.has(key) ? 1n : BigInt(this.random() & 1);
    this.drawn.set(key, bit);
    return bit;
  }

  /** Every prefix above `range` that is at least `from` long keeps its halves where they are. */
  private hold(range: Range, from: number): void {
    for (let depth = from; depth < range.length; depth++) this.still.add(keyOf(range, depth));
  }
}

interface Range {
  family: Family;
  base: bigint;
  length: number;
}

/** The prefix of `depth` bits in which the address lies. */
function keyOf({ family, base }: Pick<Range, 'family' | 'base'>, depth: number): string {
  return `${family}/${depth}/${base >> BigInt(bits[family] - depth)}`;
}

function isLinkLocal({ family, base }: Range): boolean {
  return family === 6 && base >> 118n === 0x3fan;
}

function rangeOf(subnet: string): Range {
  const [address = '', length = ''] = subnet.split('/');
  const parsed = ipaddr.parse(address);
  const family = parsed.kind() === 'ipv4' ? 4 : 6;
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const room = BigInt(bits[family] - Number(length));
  return { family, base: (value >> room) << room, length: Number(length) };
}

function write(family: Family, value: bigint): string {
  const bytes = Array.from({ length: bits[family] / 8 }, (_, index) =>
    Number((value >> BigInt(bits[family] - 8 * (index + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** The smallest prefix that holds both ends of a range; null where that is so wide that its order would tell too much. */
export function rangePrefix(from: string, to: string): string | null {
  if (!ipaddr.isValid(from) || !ipaddr.isValid(to)) return null;
  const first = ipaddr.parse(from);
  const last = ipaddr.parse(to);
  if (first.kind() !== last.kind()) return null;
  const family = first.kind() === 'ipv4' ? 4 : 6;
  const [a, b] = [rangeOf(`${from}/${bits[family]}`).base, rangeOf(`${to}/${bits[family]}`).base];
  const length = bits[family] - (a ^ b).toString(2).replace(/^0$/, '').length;
  return length < (family === 4 ? 16 : 48) ? null : `${from}/${length}`;
}
