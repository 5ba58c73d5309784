import { type BridgePort, ids, type Link, type LinkCounters, LinkReading } from '@vethscope/model';
import { readElements } from './readElements.ts';
import { type Parsed, WarningList } from './warnings.ts';

export interface ParsedLinks extends Parsed<Link> {
  /** By Link id. */
  counters: Record<string, LinkCounters>;
}

type Data = Record<string, unknown>;
type Other = Extract<Link, { kind: 'veth' }>['peer'];

const portStates: ReadonlySet<unknown> = new Set(['disabled', 'listening', 'learning', 'forwarding', 'blocking']);

function isPortState(value: unknown): value is BridgePort['state'] {
  return portStates.has(value);
}

function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** iproute2 prints the same switch as true, 1 or "on", by command and version. */
function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === 'on';
}

function portOf(reading: LinkReading): BridgePort | null {
  if (reading.linkinfo?.info_slave_kind !== 'bridge') return null;
  const data: Data = reading.linkinfo.info_slave_data ?? {};
  return {
    state: isPortState(data.state) ? data.state : 'disabled',
    hairpin: isOn(data.hairpin),
    isolated: isOn(data.isolated),
    // Both are on unless somebody turned them off, and older tools leave them out.
    learning: data.learning === undefined || isOn(data.learning),
    flood: data.flood === undefined || isOn(data.flood),
    priority: numberOr(data.priority, null),
    cost: numberOr(data.cost, null),
  };
}

interface Names {
  idOf: (name: string) => string | null;
  indexOf: (name: string) => number | null;
}

/** `link` names a link of this namespace; `link_index` one of another, whose number here is `link_netnsid` if it has one. */
function otherOf(reading: LinkReading, names: Names): Other {
  if (typeof reading.link === 'string') {
    return { ifindex: names.indexOf(reading.link), netnsid: null, link: names.idOf(reading.link) };
  }
  return { ifindex: reading.link_index ?? null, netnsid: reading.link_netnsid ?? null, link: null };
}

function withKind(reading: LinkReading, base: Omit<Extract<Link, { kind: 'loopback' }>, 'kind'>, names: Names): Link {
  const infoKind = reading.linkinfo?.info_kind;
  const data: Data = reading.linkinfo?.info_data ?? {};
  switch (infoKind) {
    case undefined:
      return {
        ...base,
        kind: reading.link_type === 'loopback' || reading.flags.includes('LOOPBACK') ? 'loopback' : 'device',
      };
    case 'veth':
      return { ...base, kind: 'veth', peer: otherOf(reading, names) };
    case 'bridge':
      return {
        ...base,
        kind: 'bridge',
        bridge: {
          bridgeId: textOrNull(data.bridge_id),
          stp: isOn(data.stp_state),
          vlanFiltering: isOn(data.vlan_filtering),
          // The kernel counts in hundredths (USER_HZ).
          ageingSeconds: typeof data.ageing_time === 'number' ? data.ageing_time / 100 : null,
          nfCallIptables: isOn(data.nf_call_iptables),
          nfCallIp6tables: isOn(data.nf_call_ip6tables),
        },
      };
    case 'macvlan':
    case 'macvtap':
      return { ...base, kind: 'macvlan', mode: textOrNull(data.mode) ?? 'unknown', parent: otherOf(reading, names) };
    case 'ipvlan':
    case 'ipvtap':
      return {
        ...base,
        kind: 'ipvlan',
        mode: textOrNull(data.mode) ?? 'unknown',
        flag: textOrNull(data.mode_flag) ?? textOrNull(data.flags),
        parent: otherOf(reading, names),
      };
    case 'vxlan': {
      const lower = typeof data.link === 'string' ? { ...reading, link: data.link } : reading;
      const parent = otherOf(lower, names);
      return {
        ...base,
        kind: 'vxlan',
        vni: numberOr(data.id, 0),
        udpPort: numberOr(data.port, null),
        local: textOrNull(data.local) ?? textOrNull(data.local6),
        group: textOrNull(data.group) ?? textOrNull(data.group6) ?? textOrNull(data.remote) ?? textOrNull(data.remote6),
        learning: data.learning === undefined || isOn(data.learning),
        proxyArp: isOn(data.proxy),
        parent: parent.ifindex === null && parent.link === null ? null : parent,
      };
    }
    case 'vlan':
      return {
        ...base,
        kind: 'vlan',
        vlanId: numberOr(data.id, 0),
        protocol: textOrNull(data.protocol),
        parent: otherOf(reading, names),
      };
    case 'bond':
      return { ...base, kind: 'bond', mode: textOrNull(data.mode) };
    case 'dummy':
    case 'wireguard':
      return { ...base, kind: infoKind };
    case 'tun':
      return { ...base, kind: 'tun', mode: textOrNull(data.type) };
    default:
      return { ...base, kind: 'other', infoKind };
  }
}

function countersOf(stats: NonNullable<LinkReading['stats64']>): LinkCounters {
  return {
    rxBytes: stats.rx.bytes,
    rxPackets: stats.rx.packets,
    rxErrors: stats.rx.errors ?? 0,
    rxDropped: stats.rx.dropped ?? 0,
    txBytes: stats.tx.bytes,
    txPackets: stats.tx.packets,
    txErrors: stats.tx.errors ?? 0,
    txDropped: stats.tx.dropped ?? 0,
  };
}

/**
 * Links of one namespace from the elements of `ip -j -d -s link show`. Masters and links below are resolved where they stand in
 * the same namespace; what lies in another one is joined by assemble. Source: iproute2 ip/ipaddress.c print_linkinfo.
 */
export function parseLinks(readings: unknown, sandbox: string): ParsedLinks {
  const warnings = new WarningList('links', sandbox);
  const accepted = new Map<number, LinkReading>();
  const counters: Record<string, LinkCounters> = {};
  const byName = new Map<string, LinkReading>();
  readElements(readings, LinkReading, {
    warnings,
    each: (reading) => {
      if (accepted.has(reading.ifindex)) return `there are two links with the index ${reading.ifindex}`;
      accepted.set(reading.ifindex, reading);
      byName.set(reading.ifname, reading);
      return undefined;
    },
  });
  const indexOf = (name: string) => byName.get(name)?.ifindex ?? null;
  const names: Names = {
    indexOf,
    idOf: (name) => {
      const ifindex = indexOf(name);
      return ifindex === null ? null : ids.link(sandbox, ifindex);
    },
  };
  const records = [...accepted.values()].map((reading): Link => {
    const id = ids.link(sandbox, reading.ifindex);
    const master = reading.master === undefined ? null : names.idOf(reading.master);
    if (reading.master !== undefined && master === null) {
      warnings.add(reading.ifname, { master: reading.master }, 'its master is not among the links');
    }
    const port = master === null ? null : portOf(reading);
    if (port && !isPortState(reading.linkinfo?.info_slave_data?.state)) {
      warnings.add(reading.ifname, reading.linkinfo?.info_slave_data, 'its state as a port is not one of the known');
    }
    if (reading.stats64) counters[id] = countersOf(reading.stats64);
    return withKind(
      reading,
      {
        type: 'link',
        id,
        sandbox,
        ifindex: reading.ifindex,
        name: reading.ifname,
        altNames: reading.altnames ?? [],
        alias: reading.ifalias ?? null,
        mac: reading.address ?? null,
        mtu: reading.mtu,
        flags: reading.flags,
        up: reading.flags.includes('UP'),
        carrier: reading.flags.includes('LOWER_UP'),
        operstate: reading.operstate,
        master,
        port,
      },
      names,
    );
  });
  return { records, warnings: warnings.list, counters };
}
