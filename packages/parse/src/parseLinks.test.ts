import { describe, expect, it } from 'vitest';
import { parseLinks } from './parseLinks.ts';

const base = {
  flags: ['UP', 'LOWER_UP'],
  mtu: 1500,
  operstate: 'UP',
  link_type: 'ether',
  address: '02:00:00:00:00:01',
};
const one = (fields: Record<string, unknown>) =>
  parseLinks([{ ifindex: 7, ifname: 'x', ...base, ...fields }], 'sandbox:9');

describe('parseLinks', () => {
  it.each([
    [{ link_type: 'loopback' }, { kind: 'loopback' }],
    [{}, { kind: 'device' }],
    [
      { linkinfo: { info_kind: 'veth' }, link_index: 3, link_netnsid: 0 },
      { kind: 'veth', peer: { ifindex: 3, netnsid: 0, link: null } },
    ],
    [
      { linkinfo: { info_kind: 'macvlan', info_data: { mode: 'bridge' } }, link_index: 2, link_netnsid: 1 },
      { kind: 'macvlan', mode: 'bridge', parent: { ifindex: 2, netnsid: 1, link: null } },
    ],
    [
      { linkinfo: { info_kind: 'ipvlan', info_data: { mode: 'l3', mode_flag: 'private' } }, link: 'x' },
      { kind: 'ipvlan', mode: 'l3', flag: 'private', parent: { ifindex: 7, netnsid: null, link: 'link:9/7' } },
    ],
    [
      { linkinfo: { info_kind: 'vxlan', info_data: { id: 4097, port: 4789, learning: true, proxy: true } } },
      { kind: 'vxlan', vni: 4097, udpPort: 4789, proxyArp: true, parent: null },
    ],
    [
      { linkinfo: { info_kind: 'vlan', info_data: { id: 50, protocol: '802.1Q' } }, link: 'x' },
      { kind: 'vlan', vlanId: 50 },
    ],
    [{ linkinfo: { info_kind: 'tun', info_data: { type: 'tap' } } }, { kind: 'tun', mode: 'tap' }],
    [{ linkinfo: { info_kind: 'wireguard' } }, { kind: 'wireguard' }],
    [{ linkinfo: { info_kind: 'geneve' } }, { kind: 'other', infoKind: 'geneve' }],
    [
      {
        linkinfo: {
          info_kind: 'bridge',
          info_data: { ageing_time: 30000, stp_state: 0, vlan_filtering: 1, nf_call_iptables: 1 },
        },
      },
      {
        kind: 'bridge',
        bridge: { ageingSeconds: 300, stp: false, vlanFiltering: true, nfCallIptables: true, nfCallIp6tables: false },
      },
    ],
  ])('%j', (fields, expected) => {
    const { records, warnings } = one(fields);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ id: 'link:9/7', sandbox: 'sandbox:9', up: true, carrier: true, ...expected });
    expect(warnings).toEqual([]);
  });

  it('resolves a master by its name, and reads the port', () => {
    const { records } = parseLinks(
      [
        {
          ifindex: 8,
          ifname: 'veth1',
          ...base,
          master: 'br0',
          linkinfo: {
            info_kind: 'veth',
            info_slave_kind: 'bridge',
            info_slave_data: { state: 'blocking', isolated: true, hairpin: false },
          },
        },
        { ifindex: 3, ifname: 'br0', ...base, linkinfo: { info_kind: 'bridge' } },
      ],
      'sandbox:host',
    );
    expect(records[0]).toMatchObject({
      master: 'link:host/3',
      port: {
        state: 'blocking',
        isolated: true,
        hairpin: false,
        learning: true,
        flood: true,
        priority: null,
        cost: null,
      },
    });
  });

  it('an unknown master, a second link of one index and a broken element are warnings', () => {
    const { records, warnings } = parseLinks(
      [
        { ifindex: 7, ifname: 'x', ...base, master: 'gone' },
        { ifindex: 7, ifname: 'y', ...base },
        { ifindex: 'z' },
        null,
      ],
      'sandbox:host',
    );
    expect(records.map(({ name, master }) => [name, master])).toEqual([['x', null]]);
    expect(warnings.map(({ where, reason }) => [where, reason])).toEqual([
      ['[1]', 'there are two links with the index 7'],
      ['[2]', expect.stringContaining('ifindex')],
      ['[3]', expect.any(String)],
      ['x', 'its master is not among the links'],
    ]);
  });

  it('keeps counters apart from the link', () => {
    const stats64 = { rx: { bytes: 1, packets: 2, errors: 3, dropped: 4 }, tx: { bytes: 5, packets: 6 } };
    expect(one({ stats64 }).counters).toEqual({
      'link:9/7': {
        rxBytes: 1,
        rxPackets: 2,
        rxErrors: 3,
        rxDropped: 4,
        txBytes: 5,
        txPackets: 6,
        txErrors: 0,
        txDropped: 0,
      },
    });
  });
});
