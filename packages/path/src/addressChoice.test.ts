import { readFixture } from '@vethscope/fixtures';
import type { Address, Route, Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { tracePath } from './index.ts';
import { Namespace } from './namespace.ts';
import { addressOn, addressType, sourceFor } from './routing.ts';
import { addNftTable, at, chainsOf, changed, fromLan, type HostChange, insertRules, tcp } from './testHost.ts';

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

const address = (link: string, text: string, given: Partial<Address> = {}): Address => {
  const [host = '', prefix = ''] = text.split('/');
  return {
    type: 'address',
    id: `address:${link}/${host}`,
    sandbox: 'sandbox:host',
    link,
    family: host.includes(':') ? 6 : 4,
    address: host,
    prefix: Number(prefix),
    scope: 'global',
    flags: [],
    ...given,
  } as Address;
};

function hostOf(...addresses: Address[]): Namespace {
  const namespace = new Namespace({ type: 'sandbox', id: 'sandbox:host', kind: 'host', name: 'host' } as never);
  for (const one of addresses) namespace.addAddress(one);
  return namespace;
}

const loopback = address('lo', '127.0.0.1/8', { scope: 'host' });

describe('the address of a link', () => {
  it('[P3] is never one of the scope of the host, and never a secondary one', () => {
    const host = hostOf(
      loopback,
      address('eth0', '10.2.0.5/24', { flags: ['secondary'] as Address['flags'] }),
      address('eth0', '10.2.0.1/24'),
    );
    expect(addressOn(host, 'lo', '127.0.0.1')).toBe('10.2.0.1');
    expect(addressOn(host, 'eth0', '10.2.0.9')).toBe('10.2.0.1');
    expect(addressOn(hostOf(loopback), 'lo', '127.0.0.1')).toBeNull();
  });

  it('[P3] is chosen for the destination in IPv6, and for the next hop in IPv4', () => {
    const host = hostOf(
      address('eth0', '10.1.0.1/24'),
      address('eth0', '10.2.0.1/24'),
      address('eth0', '2001:db8:1::1/64'),
      address('eth0', 'fd02::1/64'),
    );
    const by = (family: 4 | 6, gateway: string) => ({
      kind: 'unicast' as const,
      route: { family, source: null } as Route,
      link: 'eth0',
      gateway,
      runnersUp: [],
    });
    expect(sourceFor(host, by(4, '10.2.0.9'), '10.1.0.9')).toBe('10.2.0.1');
    expect(sourceFor(host, by(6, 'fd02::9'), '2001:db8:1::9')).toBe('2001:db8:1::1');
  });

  it('[P3] MASQUERADE out of the loopback takes that of another link', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'nat', ['-A POSTROUTING -o lo -p tcp --dport 7000 -j MASQUERADE']),
    );
    const trace = tracePath(snapshot, tcp({ kind: 'host' }, at('127.0.0.1', 7000)));
    expect(trace.disposition).toBe('delivered');
    expect(trace.legs[0]?.hops.at(-1)?.steps.at(-1)?.after.source).toBe('198.18.0.28');
  });

  it('[P3] REDIRECT takes the one that is listed first, be another nearer to the sender', () => {
    const host = hostWith((readings) =>
      addNftTable(readings, {
        family: 'ip',
        hook: 'prerouting',
        type: 'nat',
        prio: -101,
        rules: [[{ redirect: { port: 7000 } }]],
      }),
    );
    const listed = Object.entries(host.records.address);
    const first = address('link:host/2', '192.0.2.1/24', { id: 'address:first' });
    const records = { ...host.records, address: Object.fromEntries([[first.id, first], ...listed]) };
    const trace = fromLan({ ...host, records }, 1234);
    const translated = trace.legs[0]?.hops.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'translate');
    expect(translated?.after).toMatchObject({ destination: '192.0.2.1', destinationPort: 7000 });
  });
});

describe('an address', () => {
  it('[P13] of IPv4 without any route is unicast for fib and addrtype, as only the table of own addresses is asked', () => {
    expect(addressType(hostOf(loopback), '192.0.2.1', null)).toBe('unicast');
    expect(addressType(hostOf(loopback), '2001:db8::1', null)).toBe('unreachable');
  });

  it('[P13] fib takes what came by the loopback for reached by it', () => {
    const withFib = (right: string) =>
      hostWith((host) =>
        addNftTable(host, {
          family: 'ip',
          hook: 'prerouting',
          prio: -150,
          rules: [
            [
              { match: { op: '==', left: { meta: { key: 'iifname' } }, right: 'lo' } },
              { match: { op: '==', left: { fib: { result: 'oifname', flags: ['saddr', 'iif'] } }, right } },
              { drop: null },
            ],
          ],
        }),
      );
    const ask = (right: string) => tracePath(withFib(right), tcp({ kind: 'host' }, at('127.0.0.1', 7000))).disposition;
    expect(ask('lo')).toBe('dropped');
    expect(ask('eth0')).toBe('delivered');
  });
});

describe('a loopback address that would leave', () => {
  const translatedTo = (family: 'ip' | 'ip6', addr: string) =>
    hostWith((host) =>
      addNftTable(host, { family, hook: 'output', type: 'nat', prio: -100, rules: [[{ dnat: { addr } }]] }),
    );

  it('[P5] of IPv4 is dropped as soon as OUTPUT has it routed again: filter OUTPUT is not asked', () => {
    const trace = tracePath(translatedTo('ip', '198.18.0.254'), tcp({ kind: 'host' }, at('127.0.0.1', 7000)));
    expect(trace).toMatchObject({ disposition: 'dropped', cause: { code: 'loopback-leaves' } });
    expect(chainsOf(trace)).not.toContain('ip filter OUTPUT');
    expect(chainsOf(trace)).not.toContain('ip nat POSTROUTING');
  });

  it('[P5] of IPv6 goes out, and the receiver discards it', () => {
    const trace = tracePath(translatedTo('ip6', '2001:db8:1::fe'), tcp({ kind: 'host' }, at('::1', 7000)));
    expect(trace).toMatchObject({ disposition: 'dropped', cause: { code: 'loopback-leaves' } });
    expect(trace.legs[0]?.hops.at(-1)?.steps.at(-1)?.kind).toBe('transmit');
  });
});
