import { describe, expect, it } from 'vitest';
import { parseFdb } from './parseFdb.ts';
import { parseNeighbors } from './parseNeighbors.ts';
import { parsePolicyRules } from './parsePolicyRules.ts';
import { parseRoutes } from './parseRoutes.ts';
import { parseSockets } from './parseSockets.ts';
import { parseSysctls } from './parseSysctls.ts';

const links = {
  byIndex: new Map([
    [2, 'link:host/2'],
    [3, 'link:host/3'],
  ]),
  byName: new Map([
    ['eth0', 'link:host/2'],
    ['br0', 'link:host/3'],
  ]),
};
const context = { sandbox: 'sandbox:host', links };

describe('parseRoutes', () => {
  it('gives every destination as a prefix and every table by name', () => {
    const { records, warnings } = parseRoutes(
      [
        { family: 'inet', dst: 'default', gateway: '192.0.2.1', dev: 'eth0', flags: [] },
        { family: 'inet6', dst: 'default', gateway: 'fe80::1', dev: 'eth0', metric: 1024, flags: [] },
        { family: 'inet', type: 'local', dst: '192.0.2.10', dev: 'eth0', table: 'local', scope: 'host', flags: [] },
        { family: 'inet', type: 'blackhole', dst: '10.0.0.0/8', table: 100, flags: [] },
        {
          family: 'inet',
          dst: '10.1.0.0/16',
          nexthops: [{ gateway: '192.0.2.2', dev: 'eth0', weight: 2 }, { dev: 'br0' }],
        },
        {
          family: 'inet',
          dst: '10.2.0.0/16',
          via: { family: 'inet6', host: 'fe80::2' },
          dev: 'eth0',
          metrics: [{ mtu: 1400 }],
        },
      ],
      context,
    );
    expect(warnings).toEqual([]);
    expect(records.map(({ table, kind, destination }) => `${table} ${kind} ${destination}`)).toEqual([
      'main unicast 0.0.0.0/0',
      'main unicast ::/0',
      'local local 192.0.2.10/32',
      '100 blackhole 10.0.0.0/8',
      'main unicast 10.1.0.0/16',
      'main unicast 10.2.0.0/16',
    ]);
    expect(records[4]?.nextHops).toEqual([
      { gateway: '192.0.2.2', link: 'link:host/2', weight: 2 },
      { gateway: null, link: 'link:host/3', weight: 1 },
    ]);
    expect(records[5]).toMatchObject({ gateway: 'fe80::2', mtu: 1400 });
  });

  it('two routes that are alike have ids of their own; a link that is gone is a warning and a route without', () => {
    const route = { family: 'inet', dst: '10.0.0.0/8', dev: 'gone' };
    const { records, warnings } = parseRoutes([route, route], context);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2);
    expect(records.map(({ link }) => link)).toEqual([null, null]);
    expect(warnings).toHaveLength(2);
  });
});

describe('parsePolicyRules', () => {
  it('reads selectors, marks, inversion and actions', () => {
    const { records } = parsePolicyRules(
      [
        { family: 'inet', priority: 0, src: 'all', table: 'local' },
        {
          family: 'inet',
          priority: 100,
          not: null,
          src: '10.0.0.0',
          srclen: 8,
          fwmark: '0x10',
          fwmask: '0xff',
          table: 100,
        },
        { family: 'inet', priority: 101, src: '10.0.0.1', action: 'unreachable' },
        { family: 'inet', priority: 102, src: 'all', iif: 'eth0', goto: 200 },
        {
          family: 'inet6',
          priority: 103,
          src: 'all',
          table: 'main',
          suppress_prefixlen: 0,
          sport: 80,
          uid_start: 0,
          uid_end: 10,
        },
      ],
      'sandbox:host',
    );
    expect(
      records.map(({ not, from, mark, markMask, action, table, gotoPriority }) => [
        not,
        from,
        mark,
        markMask,
        action,
        table,
        gotoPriority,
      ]),
    ).toEqual([
      [false, null, null, null, 'lookup', 'local', null],
      [true, '10.0.0.0/8', 16, 255, 'lookup', '100', null],
      [false, '10.0.0.1/32', null, null, 'unreachable', null, null],
      [false, null, null, null, 'goto', null, 200],
      [false, null, null, null, 'lookup', 'main', null],
    ]);
    expect(records[4]).toMatchObject({ suppressPrefixLength: 0, sourcePorts: '80', uids: '0-10' });
  });
});

describe('parseNeighbors', () => {
  it('reads state and flags', () => {
    const { records } = parseNeighbors(
      [{ dst: 'fe80::1', dev: 'eth0', lladdr: '02:00:00:00:00:01', router: null, state: ['STALE'] }],
      context,
    );
    expect(records).toMatchObject([{ family: 6, state: 'stale', flags: ['router'], link: 'link:host/2' }]);
  });
});

describe('parseFdb', () => {
  it('keeps what forwards, and leaves out what a device merely listens to', () => {
    const kinds = new Map([
      ['link:host/2', 'vxlan' as const],
      ['link:host/3', 'bridge' as const],
    ]);
    const { records } = parseFdb(
      [
        { mac: '02:00:00:00:00:01', ifname: 'eth0', flags: [], master: 'br0', state: '' },
        { mac: '02:00:00:00:00:01', ifname: 'eth0', flags: ['self'], dst: '192.0.2.2', state: 'permanent' },
        { mac: '33:33:00:00:00:01', ifname: 'br0', flags: ['self'], state: 'permanent' },
      ],
      { ...context, kinds },
    );
    expect(records.map(({ bridge, remote, permanent }) => [bridge, remote, permanent])).toEqual([
      ['link:host/3', null, false],
      [null, '192.0.2.2', true],
    ]);
  });
});

describe('parseSockets', () => {
  it('writes addresses as the kernel does, and names the device that a socket is bound to', () => {
    const socket = {
      protocol: 'tcp',
      family: 'inet6',
      address: '0:0:0:0:0:0:0:0',
      port: 80,
      inode: 1,
      uid: 0,
      v6only: null,
      boundIfindex: 2,
      processes: null,
    };
    const { records, warnings } = parseSockets(
      [socket, { ...socket, port: 70_000 }, { ...socket, boundIfindex: 99 }],
      context,
    );
    expect(records).toMatchObject([{ address: '::', boundTo: 'link:host/2', family: 6 }]);
    expect(warnings.map(({ reason }) => reason)).toEqual(['not a port', 'there is no link with the index 99']);
  });
});

describe('parseSysctls', () => {
  it('keeps those that decide forwarding', () => {
    const values = {
      'net.ipv4.ip_forward': '1',
      'net.ipv4.conf.eth0/50.rp_filter': '2\n',
      'net.ipv4.tcp_rmem': '1',
      'net.ipv6.conf.all.forwarding': 1,
    };
    const { records, warnings } = parseSysctls(values, 'sandbox:host');
    expect(records.map((record) => record.values)).toEqual([
      { 'net.ipv4.ip_forward': '1' },
      { 'net.ipv4.conf.eth0/50.rp_filter': '2' },
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('has a record for each link, so that one that comes changes nothing of the others', () => {
    const ofLink = (link: string) => ({
      [`net.ipv4.conf.${link}.rp_filter`]: '0',
      [`net.ipv6.conf.${link}.forwarding`]: '1',
    });
    const before = { 'net.ipv4.ip_forward': '1', ...ofLink('all'), ...ofLink('default'), ...ofLink('eth0') };
    const read = (values: Record<string, string>) => parseSysctls(values, 'sandbox:7').records;
    const first = read(before);
    expect(first.map(({ id, link }) => [id, link])).toEqual([
      ['sysctls:7', null],
      ['sysctls:7/eth0', 'eth0'],
    ]);
    expect(Object.keys(first[0]?.values ?? {})).toHaveLength(5);
    const [whole, eth0, veth] = read({ ...before, ...ofLink('veth1') });
    expect([whole, eth0]).toEqual(first);
    expect(veth).toMatchObject({ id: 'sysctls:7/veth1', values: ofLink('veth1') });
  });

  it('has no record where none was read', () => {
    expect(parseSysctls({}, 'sandbox:host').records).toEqual([]);
  });
});
