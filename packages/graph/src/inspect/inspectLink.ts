import type { Link } from '@vethscope/model';
import { networkTitle } from '../build/networks.ts';
import { hostId, type SnapshotIndex } from '../build/snapshotIndex.ts';
import { linkWord } from './endpointFacts.ts';
import { fact, section } from './facts.ts';
import type { Fact, Inspection } from './inspection.ts';
import { mentioningRules } from './mentioningRules.ts';

export function inspectLink(index: SnapshotIndex, link: Link): Inspection {
  const { records } = index.snapshot;
  const master = index.link(link.master);
  const endpoint = Object.values(records.endpoint).find((each) => each.inside === link.id || each.outside === link.id);
  const network = Object.values(records.network).find((each) => each.bridge === link.id || each.parent === link.id);
  const sandbox = records.sandbox[link.sandbox];
  const container = endpoint ? index.container(endpoint.container) : undefined;
  const addresses = index.addressesOf(link.id);
  const ports = Object.values(records.link).filter((each) => each.master === link.id);
  return {
    record: link.id,
    kind: 'link',
    title: link.name,
    subtitle: [
      `${link.kind === 'other' ? link.infoKind : link.kind} #${link.ifindex}`,
      link.sandbox === hostId ? 'on the host' : `in ${sandbox?.name ?? 'a sandbox'}`,
    ].join(' · '),
    state: {
      text: link.up ? (link.carrier ? 'up' : 'no carrier') : 'down',
      tone: link.up ? (link.carrier ? 'good' : 'warn') : 'bad',
    },
    sections: [
      ...section('Link', [
        fact('Index', `#${link.ifindex}`),
        link.mac === null ? null : fact('MAC', link.mac),
        fact('MTU', String(link.mtu)),
        fact('State', link.operstate),
        fact('Flags', link.flags.join(' ')),
        link.altNames.length === 0 ? null : fact('Other names', link.altNames.join(', ')),
        sandbox ? fact('Namespace', `net:[${sandbox.netns}]`, { records: [sandbox.id] }) : null,
        ...kindFacts(index, link),
      ]),
      ...section(
        'Addresses',
        addresses.map((address) =>
          fact(address.scope, `${address.address}/${address.prefix}`, {
            records: [address.id],
            tone: address.flags.includes('tentative') ? 'warn' : 'plain',
          }),
        ),
      ),
      ...section('Port', [
        master ? fact('Of', linkWord(master), { records: [master.id] }) : null,
        link.port ? fact('State', link.port.state, { tone: link.port.state === 'forwarding' ? 'good' : 'warn' }) : null,
        link.port ? fact('Hairpin', link.port.hairpin ? 'on' : 'off') : null,
        link.port?.isolated
          ? fact('Isolated', 'yes: no way to other isolated ports', { words: true, tone: 'warn' })
          : null,
      ]),
      ...section('Stands for', [
        network ? fact('Network', networkTitle(network), { records: [network.id] }) : null,
        container
          ? fact('Container', container.name, { records: [container.id, ...(endpoint ? [endpoint.id] : [])] })
          : null,
      ]),
    ],
    rules: mentioningRules(index, {
      links: [link.name],
      addresses: addresses.map(({ address }) => address),
      sandbox: link.sandbox,
    }),
    neighbours: [
      ...ports.map((port) => fact('port', linkWord(port), { records: [port.id] })),
      ...neighbourFacts(index, link),
    ],
    labels: [],
    counters: [link.id],
  };
}

function neighbourFacts(index: SnapshotIndex, link: Link): Fact[] {
  return Object.values(index.snapshot.records.neighbor)
    .filter((each) => each.link === link.id)
    .map((each) =>
      fact(each.state, [each.address, each.mac].filter(Boolean).join(' · '), {
        tone: each.state === 'failed' ? 'warn' : 'plain',
      }),
    );
}

function kindFacts(index: SnapshotIndex, link: Link): (Fact | null)[] {
  const other = (label: string, end: { ifindex: number | null; link: string | null } | null) =>
    end === null
      ? null
      : fact(
          label,
          end.link === null
            ? end.ifindex === null
              ? 'not known'
              : `#${end.ifindex}, in a namespace that was not read`
            : linkWord(index.link(end.link)),
          {
            records: end.link === null ? [] : [end.link],
          },
        );
  switch (link.kind) {
    case 'veth':
      return [other('Peer', link.peer)];
    case 'bridge':
      return [
        fact('STP', link.bridge.stp ? 'on' : 'off'),
        fact('VLAN filtering', link.bridge.vlanFiltering ? 'on' : 'off'),
        link.bridge.bridgeId === null ? null : fact('Bridge id', link.bridge.bridgeId),
        link.bridge.ageingSeconds === null ? null : fact('Ageing', `${link.bridge.ageingSeconds} s`),
      ];
    case 'macvlan':
    case 'ipvlan':
      return [fact('Mode', link.mode), other('Parent', link.parent)];
    case 'vxlan':
      return [
        fact('VXLAN id', String(link.vni)),
        link.udpPort === null ? null : fact('UDP port', String(link.udpPort)),
        link.local === null ? null : fact('From', link.local),
        link.group === null ? null : fact('Group', link.group),
        other('Over', link.parent),
      ];
    case 'vlan':
      return [fact('VLAN', String(link.vlanId)), other('Over', link.parent)];
    case 'bond':
    case 'tun':
      return [link.mode === null ? null : fact('Mode', link.mode)];
    case 'loopback':
    case 'device':
    case 'dummy':
    case 'wireguard':
    case 'other':
      return [];
  }
}
