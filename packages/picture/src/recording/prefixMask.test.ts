import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrefixMask, rangePrefix } from './prefixMask.ts';

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return seed >>> 16;
};
const maskOf = (seed: number, subnets: string[] = ['172.17.0.0/16', '172.30.1.0/24', '198.18.0.0/24', 'fd00:6::/64']) =>
  new PrefixMask({ subnets, ranges: [], random: random(seed) });

const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const common = (a: string, b: string) => Math.clz32((toNumber(a) ^ toNumber(b)) >>> 0);

describe('addresses of a recording', () => {
  it('have as many leading bits in common as before', () => {
    fc.assert(
      fc.property(fc.integer(), fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (seed, a, far, bits) => {
        const mask = maskOf(seed);
        const wild = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
        const near = ((toNumber(a) & wild) | (toNumber(far) & ~wild)) >>> 0;
        const b = [24, 16, 8, 0].map((shift) => (near >>> shift) & 255).join('.');
        expect(common(mask.text(a), mask.text(b))).toBe(common(a, b));
      }),
    );
  });

  it('keep their subnet, its length, its first and last address and the last number', () => {
    const mask = maskOf(1);
    const subnet = mask.text('198.18.0.0/24');
    expect(subnet).toMatch(/^198\.1[89]\.\d+\.0\/24$/);
    expect(subnet).not.toBe('198.18.0.0/24');
    const start = subnet.replace(/0\/24$/, '');
    expect(['198.18.0.1', '198.18.0.28', '198.18.0.255', '198.18.0.28/24'].map((each) => mask.text(each))).toEqual([
      `${start}1`,
      `${start}28`,
      `${start}255`,
      `${start}28/24`,
    ]);
    const bridge = mask.text('172.17.0.1').split('.');
    expect(bridge.slice(2)).toEqual(['0', '1']);
    expect(mask.text('172.17.255.255')).toBe(`${bridge[0]}.${bridge[1]}.255.255`);
    expect(mask.text('fd00:6::2')).toMatch(/^f[cd][0-9a-f]{2}:.*:2$/);
    expect(mask.text('fd00:6::2')).not.toBe('fd00:6::2');
  });

  it('stay where everybody has them', () => {
    const mask = maskOf(2);
    for (const same of [
      ...['0.0.0.0/0', '127.0.0.11', '10.0.0.0/8', '172.16.0.0/12', '255.255.255.255', '203.0.113.9', '224.0.0.251'],
      ...['::/0', '::1', '::', 'fe80::/64', 'ff02::1', 'fc00::/7', '2001:db8:ffff::9', 'no address', '1.2', ''],
    ])
      expect(mask.text(same)).toBe(same);
    expect(mask.text('::ffff:8.8.8.8')).toBe(`::ffff:${mask.text('8.8.8.8')}`);
  });

  it('are others each time, and tell nothing of a MAC', () => {
    const [one, other] = [maskOf(3), maskOf(4)];
    expect(one.text('8.8.8.8')).not.toBe('8.8.8.8');
    expect(one.text('8.8.8.8')).not.toBe(other.text('8.8.8.8'));
    expect(one.text('fe80::c1d:6fff:feb0:f999')).not.toMatch(/6fff:feb0|f999/);
    const own = new PrefixMask({ subnets: ['2a01:4f8:1:2::/64'], ranges: [], random: random(5) });
    expect(own.text('2a01:4f8:1:2:c1d:6fff:feb0:f999')).not.toMatch(/6fff:feb0|f999/);
  });

  it('keep their order in a range that a rule names', () => {
    const range = rangePrefix('10.20.3.250', '10.20.5.4');
    expect(range).toBe('10.20.3.250/21');
    expect(rangePrefix('10.0.0.0', '11.0.0.0')).toBeNull();
    for (let seed = 0; seed < 30; seed++) {
      const mask = new PrefixMask({ subnets: [], ranges: range ? [range] : [], random: random(seed) });
      const [a = 0, b = 0, c = 0] = ['10.20.3.250', '10.20.4.200', '10.20.5.4'].map((each) =>
        toNumber(mask.text(each)),
      );
      expect(a < b && b < c).toBe(true);
    }
  });
});
