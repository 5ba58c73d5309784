import type { AttributeSet } from './netlinkMessage.ts';
import { formatAddress, formatHardwareAddress, hexadecimal, type LinkNames, linkName } from './networkName.ts';

/*
 * IFLA_INFO_DATA and IFLA_INFO_SLAVE_DATA → `info_data` and `info_slave_data`, by kind, with iproute2's names and spellings.
 * Source: linux/if_link.h; iproute2 ip/iplink_{bridge,bridge_slave,macvlan,ipvlan,vxlan,vlan,bond,geneve,vrf}.c, ip/iptuntap.c.
 */

type Data = Record<string, unknown>;

/** Undefined for a kind that has nothing to tell, or that vethscope does not know. */
export function decodeLinkData(kind: string, set: AttributeSet, names: LinkNames): Data | undefined {
  const decode = decoders[kind];
  return decode === undefined ? undefined : withoutAbsent(decode(set, names));
}

export function decodePortData(kind: string, set: AttributeSet, names: LinkNames): Data | undefined {
  if (kind === 'bridge') return withoutAbsent(bridgePort(set, names));
  return kind === 'bond' ? withoutAbsent(bondPort(set)) : undefined;
}

const decoders: Record<string, (set: AttributeSet, names: LinkNames) => Data> = {
  bridge,
  macvlan,
  macvtap: macvlan,
  ipvlan,
  ipvtap: ipvlan,
  vlan,
  vxlan,
  bond,
  geneve,
  tun,
  vrf: (set) => ({ table: set.u32(1) }),
  gre: greTunnel,
  gretap: greTunnel,
  ipip: ipTunnel,
  sit: ipTunnel,
};

function withoutAbsent(data: Data): Data {
  for (const key of Object.keys(data)) if (data[key] === undefined) delete data[key];
  return data;
}

const flag = (value: number | undefined) => (value === undefined ? undefined : value !== 0);
const named = (names: readonly string[], value: number | undefined) =>
  value === undefined ? undefined : (names[value] ?? value);
const mapped = <T, U>(value: T | undefined, map: (value: T) => U) => (value === undefined ? undefined : map(value));

/** struct ifla_bridge_id: priority in two octets, then the address, which iproute2 prints here without leading zeros. */
function bridgeId(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.length < 8) return undefined;
  const octets = [...bytes.subarray(2, 8)].map((octet) => octet.toString(16));
  return `${bytes.toString('hex', 0, 2)}.${octets.join(':')}`;
}

function etherType(value: number | undefined): string | undefined {
  return mapped(value, (type) => ({ 33024: '802.1Q', 34984: '802.1ad' })[type] ?? `[${type}]`);
}

function bridge(set: AttributeSet): Data {
  // struct br_boolopt_multi: values, then the mask of those that this kernel has. linux/if_bridge.h
  const options = set.bytes(46);
  const option = (bit: number) =>
    options === undefined || options.length < 8 ? undefined : (options.readUInt32LE(0) >> bit) & 1;
  return {
    forward_delay: set.u32(1),
    hello_time: set.u32(2),
    max_age: set.u32(3),
    ageing_time: set.u32(4),
    stp_state: set.u32(5),
    priority: set.u16(6),
    vlan_filtering: set.u8(7),
    vlan_protocol: etherType(set.u16BigEndian(8)),
    bridge_id: bridgeId(set.bytes(11)),
    root_id: bridgeId(set.bytes(10)),
    root_port: set.u16(12),
    root_path_cost: set.u32(13),
    topology_change: set.u8(14),
    topology_change_detected: set.u8(15),
    vlan_default_pvid: set.u16(39),
    vlan_stats_enabled: set.u8(41),
    vlan_stats_per_port: set.u8(45),
    group_fwd_mask: mapped(set.u16(9), hexadecimal),
    group_addr: mapped(set.bytes(20), formatHardwareAddress),
    mcast_snooping: set.u8(23),
    no_linklocal_learn: option(0),
    mcast_vlan_snooping: option(1),
    mcast_router: set.u8(22),
    mcast_query_use_ifaddr: set.u8(24),
    mcast_querier: set.u8(25),
    nf_call_iptables: set.u8(36),
    nf_call_ip6tables: set.u8(37),
    nf_call_arptables: set.u8(38),
  };
}

const portStates = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

function bridgePort(set: AttributeSet, names: LinkNames): Data {
  return {
    state: named(portStates, set.u8(1)),
    priority: set.u16(2),
    cost: set.u32(3),
    hairpin: flag(set.u8(4)),
    guard: flag(set.u8(5)),
    root_block: flag(set.u8(6)),
    fastleave: flag(set.u8(7)),
    learning: flag(set.u8(8)),
    flood: flag(set.u8(9)),
    id: mapped(set.u16(17), hexadecimal),
    no: mapped(set.u16(18), hexadecimal),
    designated_port: set.u16(15),
    designated_cost: set.u16(16),
    bridge_id: bridgeId(set.bytes(14)),
    root_id: bridgeId(set.bytes(13)),
    proxy_arp: flag(set.u8(10)),
    proxy_arp_wifi: flag(set.u8(12)),
    multicast_router: set.u8(25),
    mcast_flood: flag(set.u8(27)),
    bcast_flood: flag(set.u8(30)),
    mcast_to_unicast: flag(set.u8(28)),
    neigh_suppress: flag(set.u8(32)),
    group_fwd_mask: mapped(set.u16(31), hexadecimal),
    vlan_tunnel: flag(set.u8(29)),
    isolated: flag(set.u8(33)),
    locked: flag(set.u8(39)),
    backup_port: mapped(set.u32(34), (index) => linkName(names, index)),
  };
}

const macvlanModes: Record<number, string> = { 1: 'private', 2: 'vepa', 4: 'bridge', 8: 'passthru', 16: 'source' };

function macvlan(set: AttributeSet): Data {
  return { mode: mapped(set.u32(1), (mode) => macvlanModes[mode] ?? 'unknown') };
}

const ipvlanModes = ['l2', 'l3', 'l3s'];

function ipvlan(set: AttributeSet): Data {
  const flags = set.u16(2);
  const data: Data = { mode: mapped(set.u16(1), (mode) => ipvlanModes[mode] ?? 'unknown') };
  if (flags !== undefined) data[(flags & 1) !== 0 ? 'private' : (flags & 2) !== 0 ? 'vepa' : 'bridge'] = true;
  return data;
}

const vlanFlags = ['REORDER_HDR', 'GVRP', 'LOOSE_BINDING', 'MVRP', 'BRIDGE_BINDING'];

function vlan(set: AttributeSet): Data {
  // struct ifla_vlan_flags: flags, mask
  const flags = set.u32(2);
  return {
    protocol: etherType(set.u16BigEndian(5)) ?? '802.1Q',
    id: set.u16(1),
    flags: mapped(flags, (bits) => vlanFlags.filter((_, bit) => ((bits >> bit) & 1) !== 0)),
  };
}

const isMulticast = (bytes: Buffer) => (bytes.length === 4 ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff);
const isAny = (bytes: Buffer) => bytes.every((octet) => octet === 0);

function vxlan(set: AttributeSet, names: LinkNames): Data {
  const range = set.bytes(10);
  const onlyIfSet = (type: number) => ((set.u8(type) ?? 0) !== 0 ? true : undefined);
  const ttl = set.u8(5);
  const data: Data = {
    id: set.u32(1),
    link: mapped(set.u32(3) || undefined, (index) => linkName(names, index)),
    port_range:
      range !== undefined && range.length >= 4
        ? { low: range.readUInt16BE(0), high: range.readUInt16BE(2) }
        : undefined,
    port: set.u16BigEndian(15),
    learning: flag(set.u8(7)),
    proxy: onlyIfSet(11),
    rsc: onlyIfSet(12),
    l2miss: onlyIfSet(13),
    l3miss: onlyIfSet(14),
    external: onlyIfSet(25),
    ttl: onlyIfSet(28) === undefined ? ttl : undefined,
    ageing: mapped(set.u32(8), (seconds) => seconds || undefined),
    limit: mapped(set.u32(9), (count) => count || undefined),
    udp_csum: flag(set.u8(18)),
  };
  for (const [type, suffix] of [
    [2, ''],
    [16, '6'],
  ] as const) {
    const group = set.bytes(type);
    if (group === undefined || isAny(group)) continue;
    data[`${isMulticast(group) ? 'group' : 'remote'}${suffix}`] = formatAddress(group);
  }
  for (const [type, suffix] of [
    [4, ''],
    [17, '6'],
  ] as const) {
    const local = set.bytes(type);
    if (local !== undefined && !isAny(local)) data[`local${suffix}`] = formatAddress(local);
  }
  return data;
}

const bondModes = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'];
const bondPortStates = ['ACTIVE', 'BACKUP'];
const miiStates = ['UP', 'GOING_DOWN', 'DOWN', 'GOING_BACK'];

function bond(set: AttributeSet, names: LinkNames): Data {
  const name = (index: number) => (index === 0 ? undefined : linkName(names, index));
  return {
    mode: named(bondModes, set.u8(1)),
    active_slave: mapped(set.u32(2), name),
    miimon: set.u32(3),
    primary: mapped(set.u32(11), name),
  };
}

function bondPort(set: AttributeSet): Data {
  return { state: named(bondPortStates, set.u8(1)), mii_status: named(miiStates, set.u8(2)) };
}

function geneve(set: AttributeSet): Data {
  return {
    id: set.u32(1),
    remote: mapped(set.bytes(2), (address) => (isAny(address) ? undefined : formatAddress(address))),
    remote6: mapped(set.bytes(7), (address) => (isAny(address) ? undefined : formatAddress(address))),
    port: set.u16BigEndian(5),
  };
}

function tun(set: AttributeSet): Data {
  return {
    type: mapped(set.u8(3), (type) => ({ 1: 'tun', 2: 'tap' })[type]),
    pi: flag(set.u8(4)),
    vnet_hdr: flag(set.u8(5)),
    multi_queue: flag(set.u8(7)),
    persist: flag(set.u8(6)),
  };
}

const tunnelEnd = (bytes: Buffer) => (isAny(bytes) ? 'any' : formatAddress(bytes));

function greTunnel(set: AttributeSet): Data {
  return { remote: mapped(set.bytes(7), tunnelEnd), local: mapped(set.bytes(6), tunnelEnd) };
}

function ipTunnel(set: AttributeSet): Data {
  return { remote: mapped(set.bytes(3), tunnelEnd), local: mapped(set.bytes(2), tunnelEnd) };
}
