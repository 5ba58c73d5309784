import type { Address } from '@vethscope/model';
import { expect, it } from 'vitest';
import { Namespace } from './namespace.ts';
import { sourceIpv6 } from './sourceIpv6.ts';

const address = (link: string, text: string, flags: string[] = []): Address => {
  const [host = '', prefix = '64'] = text.split('/');
  return {
    type: 'address',
    id: `address:${link}/${host}`,
    sandbox: 'sandbox:host',
    link,
    family: 6,
    address: host,
    prefix: Number(prefix),
    scope: host.startsWith('fe80') ? 'link' : host === '::1' ? 'host' : 'global',
    flags,
  } as Address;
};

function hostOf(...addresses: Address[]): Namespace {
  const namespace = new Namespace({ type: 'sandbox', id: 'sandbox:host', kind: 'host', name: 'host' } as never);
  for (const one of addresses) namespace.addAddress(one);
  return namespace;
}

it('[P3] takes the destination itself where it is an own address', () => {
  const host = hostOf(address('lo', '::1/128'), address('eth0', 'fd01::1/64'));
  expect(sourceIpv6(host, 'lo', 'fd01::1')).toBe('fd01::1');
  expect(sourceIpv6(host, 'lo', '::1')).toBe('::1');
});

it('[P3] prefers the link, then the same kind of address, then the longest prefix; never a deprecated one', () => {
  const host = hostOf(
    address('eth0', 'fe80::1/64'),
    address('eth0', 'fd02::1/64'),
    address('eth0', '2001:db8:1::28/64'),
    address('eth0', '2001:db8:2::28/64', ['deprecated']),
    address('br0', '2001:db8:9::1/64'),
  );
  expect(sourceIpv6(host, 'eth0', '2001:db8:9::9')).toBe('2001:db8:1::28');
  expect(sourceIpv6(host, 'eth0', '2001:db8:2::9')).toBe('2001:db8:1::28');
  expect(sourceIpv6(host, 'eth0', 'fd09::9')).toBe('fd02::1');
  expect(sourceIpv6(host, 'eth0', 'fe80::9')).toBe('fe80::1');
});

it('[P3] a link without a global address lends one of another link', () => {
  const host = hostOf(address('tun0', 'fe80::2/64'), address('eth0', '2001:db8:1::28/64'));
  expect(sourceIpv6(host, 'tun0', '2001:db8:9::9')).toBe('2001:db8:1::28');
});
