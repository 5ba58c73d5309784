import type { Network } from '@vethscope/model';
import type { GraphNode, Lens } from '../graph.ts';
import { shortAddress } from './addressWords.ts';
import { isDefaultBridge, type SnapshotIndex } from './snapshotIndex.ts';

const bridgeOption = 'com.docker.network.bridge.';

/** A network's peculiarities in few words: what makes its packets go another way than in a plain bridge. */
export function networkBadges(network: Network): string[] {
  const option = (name: string) => network.options[`${bridgeOption}${name}`];
  const badges: string[] = [];
  const mode4 = option('gateway_mode_ipv4');
  const mode6 = option('gateway_mode_ipv6');
  for (const mode of new Set([mode4, mode6])) {
    if (mode === 'routed' || mode === 'isolated')
      badges.push(mode4 === mode6 || mode === mode4 ? mode : `IPv6 ${mode}`);
    if (mode === 'nat-unprotected') badges.push('unprotected');
  }
  if (option('enable_icc') === 'false') badges.push('icc off');
  if (option('enable_ip_masquerade') === 'false') badges.push('no masquerade');
  const mtu = network.options['com.docker.network.driver.mtu'];
  if (mtu !== undefined && mtu !== '1500') badges.push(`mtu ${mtu}`);
  if (network.enableIPv6) badges.push(network.enableIPv4 ? 'IPv6' : 'IPv6 only');
  if (network.ingress) badges.push('ingress');
  if ('encrypted' in network.options) badges.push('encrypted');
  return badges;
}

export function networkShape(network: Network): 'bus' | 'parent' | 'tunnel' {
  switch (network.driver) {
    case 'macvlan':
    case 'ipvlan':
      return 'parent';
    case 'overlay':
      return 'tunnel';
    default:
      return 'bus';
  }
}

/** "bridge · 172.17.0.0/16 · gw .1"; an internal network says so first, and has no gateway that leads anywhere. */
function networkDetail(network: Network): string {
  const subnets = [...network.subnets].sort((a, b) => a.family - b.family);
  const parts = [network.internal ? 'internal' : network.driver];
  if (network.parentName !== null) parts[0] = `${parts[0]} on ${network.parentName}`;
  for (const { subnet } of subnets) parts.push(subnet);
  const gateway = subnets.find((subnet) => subnet.gateway !== null)?.gateway;
  if (gateway && !network.internal) parts.push(`gw ${shortAddress(gateway.split('/')[0] ?? gateway, network.subnets)}`);
  if (network.vni !== null) parts.push(`vni ${network.vni}`);
  return parts.join(' · ');
}

export function networkTitle(network: Network): string {
  return isDefaultBridge(network) ? (network.bridgeName ?? 'docker0') : network.name;
}

function linuxWords(index: SnapshotIndex, network: Network): { title: string; detail: string; second: string | null } {
  const link = index.link(network.bridge ?? network.parent);
  const name = `network "${network.name}"`;
  if (!link)
    return { title: networkTitle(network), detail: `${network.driver} · ${name}`, second: networkDetail(network) };
  const address = index.addressesOf(link.id).find((each) => each.family === 4) ?? index.addressesOf(link.id)[0];
  const second = [address ? `${address.address}/${address.prefix}` : 'no address', link.mac ?? '']
    .filter(Boolean)
    .join(' · ');
  if (link.kind === 'bridge') {
    const state = link.up ? '' : ' · down';
    return {
      title: link.name,
      detail: `bridge #${link.ifindex} · stp ${link.bridge.stp ? 'on' : 'off'} · ${name}${state}`,
      second,
    };
  }
  return { title: link.name, detail: `${network.driver} · parent #${link.ifindex} · ${name}`, second };
}

/** libnetwork's view: the Network object with its driver and its address pools. */
function cnmDetail(network: Network): string {
  const pools = [...network.subnets].sort((a, b) => a.family - b.family).map(({ subnet }) => subnet);
  return [`${network.driver} driver`, `scope ${network.scope}`, ...pools].join(' · ');
}

export function networkNodes(index: SnapshotIndex, lens: Lens): GraphNode[] {
  return index.networks.map((network) => {
    const words =
      lens === 'linux'
        ? linuxWords(index, network)
        : lens === 'docker'
          ? { title: networkTitle(network), detail: networkDetail(network), second: null }
          : { title: network.name, detail: cnmDetail(network), second: null };
    const device =
      network.bridge === null ? [] : [network.bridge, ...index.addressesOf(network.bridge).map(({ id }) => id)];
    return {
      id: network.id,
      kind: 'network',
      parent: 'host',
      records: [network.id, ...device],
      hue: index.hue(network.id),
      ...words,
      shape: networkShape(network),
      internal: network.internal,
      badges: networkBadges(network),
    };
  });
}
