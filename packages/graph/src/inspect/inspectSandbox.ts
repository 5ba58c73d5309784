import { ids, type Sandbox } from '@vethscope/model';
import { isLinkLocal } from '../build/addressWords.ts';
import { serviceSockets } from '../build/listeners.ts';
import { hostId, type SnapshotIndex } from '../build/snapshotIndex.ts';
import { linkWord } from './endpointFacts.ts';
import { fact, section } from './facts.ts';
import type { Fact, Inspection } from './inspection.ts';
import { socketFacts } from './socketFacts.ts';

const linksAtMost = 40;

export function inspectSandbox(index: SnapshotIndex, sandbox: Sandbox): Inspection {
  const host = sandbox.id === hostId;
  const { snapshot } = index;
  const links = index.linksOf(sandbox.id).filter((link) => !(host && link.kind === 'veth'));
  const sysctls = snapshot.records.sysctls[ids.sysctls(sandbox.id, null)]?.values ?? {};
  const routes = index
    .routesOf(sandbox.id)
    .filter((route) => route.table === 'main' && route.kind === 'unicast' && !isLinkLocal(route.destination));
  const forwards = (name: string): Fact | null => {
    const value = sysctls[name];
    return value === undefined ? null : fact(name, value, { tone: host && value === '0' ? 'bad' : 'plain' });
  };
  return {
    record: sandbox.id,
    kind: host ? 'host' : 'sandbox',
    title: host ? snapshot.host.hostname : sandbox.name,
    subtitle: host
      ? [snapshot.host.os, snapshot.host.kernel, snapshot.engine ? `Docker ${snapshot.engine.version}` : null]
          .filter(Boolean)
          .join(' · ')
      : `network namespace net:[${sandbox.netns}]`,
    state: null,
    sections: [
      ...section('Namespace', [
        fact('Inode', `net:[${sandbox.netns}]`),
        sandbox.pid === null ? null : fact('Process', `pid ${sandbox.pid}`),
        sandbox.path === null ? null : fact('File', sandbox.path),
        ...sandbox.containers.map((id) => fact('Container', index.container(id)?.name ?? id, { records: [id] })),
      ]),
      ...(host && snapshot.engine
        ? section('Docker', [
            fact('Version', snapshot.engine.version),
            fact('API', snapshot.engine.apiVersion),
            fact('Firewall', snapshot.engine.firewall ?? 'not known'),
            fact(
              'Userland proxy',
              snapshot.engine.userlandProxy === null ? 'not known' : snapshot.engine.userlandProxy ? 'on' : 'off',
              { words: true },
            ),
            fact('Swarm', snapshot.engine.swarm, { words: true }),
            fact('Rootless', snapshot.engine.rootless ? 'yes' : '', { words: true }),
          ])
        : []),
      ...section(
        'Forwarding',
        [
          'net.ipv4.ip_forward',
          'net.ipv6.conf.all.forwarding',
          'net.bridge.bridge-nf-call-iptables',
          'net.bridge.bridge-nf-call-ip6tables',
        ].map(forwards),
      ),
      ...section(
        'Routes',
        routes
          .slice(0, linksAtMost)
          .map((route) =>
            fact(
              /\/0$/.test(route.destination) ? 'default' : route.destination,
              [route.gateway ? `via ${route.gateway}` : '', index.link(route.link)?.name ?? '']
                .filter(Boolean)
                .join(' '),
              { records: [route.id] },
            ),
          ),
      ),
      ...section(
        'Listens',
        index.socketsKnown(sandbox.id) ? socketFacts(serviceSockets(index, sandbox.id)).slice(0, linksAtMost) : [],
      ),
    ],
    rules: [],
    neighbours: links.slice(0, linksAtMost).map((link) => {
      const addresses = index.addressesOf(link.id).filter((address) => !isLinkLocal(address.address));
      return fact(linkWord(link), addresses.map((address) => `${address.address}/${address.prefix}`).join(', '), {
        records: [link.id],
        tone: link.up ? 'plain' : 'quiet',
      });
    }),
    labels: [],
    counters: index
      .linksOf(sandbox.id)
      .filter((link) => link.kind !== 'loopback' && link.master === null && link.kind !== 'bridge')
      .slice(0, 4)
      .map(({ id }) => id),
  };
}
