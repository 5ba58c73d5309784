import type { Network } from '@vethscope/model';
import { isAlive } from '../build/containers.ts';
import { networkBadges, networkTitle } from '../build/networks.ts';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { linkWord } from './endpointFacts.ts';
import { fact, section, yesNo } from './facts.ts';
import type { Inspection } from './inspection.ts';
import { mentioningRules } from './mentioningRules.ts';
import { publishedFacts } from './portFacts.ts';

export function inspectNetwork(index: SnapshotIndex, network: Network): Inspection {
  const bridge = index.link(network.bridge);
  const parent = index.link(network.parent);
  const endpoints = index.endpointsOn(network.id);
  const option = (name: string) => network.options[`com.docker.network.bridge.${name}`];
  const sandbox = network.sandbox === null ? undefined : index.snapshot.records.sandbox[network.sandbox];
  return {
    record: network.id,
    kind: 'network',
    title: networkTitle(network),
    subtitle: [
      `${network.driver} network`,
      networkTitle(network) === network.name ? '' : `“${network.name}”`,
      network.composeProject === null ? '' : `compose project ${network.composeProject}`,
    ]
      .filter(Boolean)
      .join(' · '),
    state: bridge
      ? {
          text: bridge.up ? (bridge.carrier ? 'up' : 'no port is up') : 'down',
          tone: bridge.up ? (bridge.carrier ? 'good' : 'quiet') : 'bad',
        }
      : null,
    sections: [
      ...section('Addresses', [
        ...network.subnets.flatMap((subnet) => [
          fact(subnet.family === 4 ? 'Subnet' : 'IPv6 subnet', subnet.subnet),
          subnet.gateway === null ? null : fact('Gateway', subnet.gateway),
          subnet.ipRange === null ? null : fact('Range', subnet.ipRange),
        ]),
        ...(bridge
          ? index
              .addressesOf(bridge.id)
              .map((address) => fact(bridge.name, `${address.address}/${address.prefix}`, { records: [address.id] }))
          : []),
      ]),
      ...section('Device', [
        bridge
          ? fact('Bridge', `${linkWord(bridge)}${bridge.mac === null ? '' : ` · ${bridge.mac}`}`, {
              records: [bridge.id],
            })
          : network.bridgeName === null
            ? null
            : fact('Bridge', `${network.bridgeName}: not found on the host`, { tone: 'bad' }),
        bridge?.kind === 'bridge' ? fact('STP', bridge.bridge.stp ? 'on' : 'off') : null,
        bridge ? fact('MTU', String(bridge.mtu)) : null,
        network.parentName === null
          ? null
          : fact('Parent', parent ? linkWord(parent) : `${network.parentName}: not found on the host`, {
              records: parent ? [parent.id] : [],
              tone: parent ? 'plain' : 'bad',
            }),
        sandbox ? fact('Namespace', `net:[${sandbox.netns}] ${sandbox.name}`, { records: [sandbox.id] }) : null,
        network.vni === null ? null : fact('VXLAN id', String(network.vni)),
      ]),
      ...section(
        'Published',
        publishedFacts(
          index,
          endpoints.flatMap((endpoint) =>
            index.portsOf(endpoint.container).filter((port) => port.active && port.endpoint === endpoint.id),
          ),
        ),
      ),
      ...section('Rules of the network', [
        fact('Internal', yesNo(network.internal), { words: true }),
        fact('Containers may talk', option('enable_icc') === 'false' ? 'no (icc off)' : 'yes', { words: true }),
        option('enable_ip_masquerade') === undefined
          ? null
          : fact('Masquerade', option('enable_ip_masquerade') === 'false' ? 'no' : 'yes', { words: true }),
        option('gateway_mode_ipv4') === undefined ? null : fact('Gateway mode', option('gateway_mode_ipv4') ?? ''),
        option('gateway_mode_ipv6') === undefined
          ? null
          : fact('Gateway mode, IPv6', option('gateway_mode_ipv6') ?? ''),
        networkBadges(network).length === 0
          ? null
          : fact('Special', networkBadges(network).join(', '), { words: true }),
      ]),
      ...section('Docker', [
        fact('Id', network.engineId.slice(0, 12)),
        fact('Scope', network.scope, { words: true }),
        fact('Attachable', network.driver === 'overlay' ? yesNo(network.attachable) : '', { words: true }),
        fact('Created', network.createdAt?.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') ?? ''),
        ...Object.entries(network.options).map(([key, value]) =>
          fact(key.replace(/^com\.docker\.network\./, ''), value),
        ),
      ]),
    ],
    rules: mentioningRules(index, {
      addresses: network.subnets.flatMap(({ subnet, gateway }) => [
        subnet,
        ...(gateway === null ? [] : [gateway.split('/')[0] ?? gateway]),
      ]),
      links: network.bridgeName === null ? [] : [network.bridgeName],
    }),
    neighbours: endpoints.flatMap((endpoint) => {
      const container = index.container(endpoint.container);
      if (!container) return [];
      const address = endpoint.ipv4 || endpoint.ipv6 || (isAlive(container) ? '' : container.state);
      return [
        fact(container.name, address, {
          records: [container.id, endpoint.id],
          tone: isAlive(container) ? 'plain' : 'quiet',
        }),
      ];
    }),
    labels: Object.entries(network.labels).map(([key, value]) => ({ key, value })),
    counters: network.bridge === null ? [] : [network.bridge],
  };
}
