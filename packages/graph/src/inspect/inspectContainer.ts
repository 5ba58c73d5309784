import type { Container } from '@vethscope/model';
import { containerDot, imageWord, isAlive, stateWord } from '../build/containers.ts';
import { serviceSockets } from '../build/listeners.ts';
import { networkTitle } from '../build/networks.ts';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { endpointFacts } from './endpointFacts.ts';
import { fact, section } from './facts.ts';
import type { Fact, Inspection } from './inspection.ts';
import { mentioningRules } from './mentioningRules.ts';
import { publishedFacts } from './portFacts.ts';
import { socketFacts } from './socketFacts.ts';

const neighboursAtMost = 40;

export function inspectContainer(index: SnapshotIndex, container: Container): Inspection {
  const endpoints = index.endpointsOf(container.id).filter((endpoint) => index.hue(endpoint.network) !== null);
  const sandbox = container.sandbox === null ? undefined : index.snapshot.records.sandbox[container.sandbox];
  const ports = index.portsOf(container.id);
  const links = endpoints.flatMap((endpoint) => index.link(endpoint.outside)?.name ?? []);
  const place = sandbox
    ? fact('Sandbox', `net:[${sandbox.netns}]${container.pid === null ? '' : ` · pid ${container.pid}`}`, {
        records: [sandbox.id],
      })
    : fact('Sandbox', 'none while it does not run', { words: true, tone: 'quiet' });
  const owner = container.shares === null ? undefined : index.container(container.shares);
  const shared = owner ? fact('Shares', `the sandbox of ${owner.name}`, { records: [owner.id], words: true }) : null;
  const listens =
    container.sandbox !== null && container.mode !== 'host' && index.socketsKnown(container.sandbox)
      ? socketFacts(serviceSockets(index, container.sandbox))
      : [];
  const [first] = endpoints;
  const sections =
    endpoints.length <= 1
      ? section('Network', [
          place,
          shared,
          modeFact(container),
          ...(first ? [networkFact(index, first.network), ...endpointFacts(index, first)] : []),
          ...listens,
        ])
      : [
          ...section('Network', [place, shared, ...listens]),
          ...endpoints.flatMap((endpoint) => section(title(index, endpoint.network), endpointFacts(index, endpoint))),
        ];
  return {
    record: container.id,
    kind: 'container',
    title: container.name,
    subtitle: [
      imageWord(container.image),
      container.composeProject === null ? '' : `compose project ${container.composeProject}`,
    ]
      .filter(Boolean)
      .join(' · '),
    state: { text: stateWord(container), tone: tone(index, container) },
    sections: [
      ...sections,
      ...section('Published', publishedFacts(index, ports)),
      ...section('Names', nameFacts(container)),
      ...section('Container', [
        fact('Status', container.status, { words: true }),
        fact('Command', container.command),
        fact('Image', container.image),
        fact('Id', container.engineId.slice(0, 12)),
        fact('Network mode', container.networkMode.replace(/^container:([0-9a-f]{12})[0-9a-f]+$/, 'container:$1')),
      ]),
    ],
    rules: mentioningRules(index, {
      addresses: endpoints.flatMap((endpoint) => [endpoint.ipv4, endpoint.ipv6].filter((each) => each !== null)),
      links,
      ids: ports.flatMap((port) => port.rules),
    }),
    neighbours: neighbours(index, container),
    labels: Object.entries(container.labels).map(([key, value]) => ({ key, value })),
    counters: endpoints.flatMap((endpoint) => endpoint.outside ?? endpoint.inside ?? []),
  };
}

function tone(index: SnapshotIndex, container: Container): 'good' | 'warn' | 'bad' | 'quiet' {
  const dot = containerDot(index, container);
  return dot === 'off' ? 'quiet' : dot;
}

function title(index: SnapshotIndex, network: string): string {
  const record = index.network(network);
  return record ? networkTitle(record) : 'Network';
}

function networkFact(index: SnapshotIndex, network: string): Fact {
  return fact('Joins', title(index, network), { records: [network] });
}

function modeFact(container: Container): Fact | null {
  if (container.mode === 'host')
    return fact('Mode', 'in the host’s namespace: it has the host’s links, addresses and ports', { words: true });
  if (container.mode === 'none' && isAlive(container)) return fact('Mode', 'none: only a loopback', { words: true });
  return null;
}

function nameFacts(container: Container): (Fact | null)[] {
  const list = (label: string, values: string[]) => (values.length === 0 ? null : fact(label, values.join(', ')));
  return [
    fact('Hostname', [container.hostname, container.domainname].filter(Boolean).join('.')),
    list('Extra hosts', container.extraHosts),
    list('DNS servers', container.dns.servers),
    list('DNS search', container.dns.search),
    list('DNS options', container.dns.options),
  ];
}

/** Who shares its sandbox or a network with it. */
function neighbours(index: SnapshotIndex, container: Container): Fact[] {
  const facts: Fact[] = [];
  for (const other of index.containers) {
    if (
      other.id !== container.id &&
      (other.shares === container.id ||
        (container.shares !== null && (other.id === container.shares || other.shares === container.shares)))
    ) {
      facts.push(fact('same sandbox', other.name, { records: [other.id] }));
    }
  }
  for (const endpoint of index.endpointsOf(container.id)) {
    const network = index.network(endpoint.network);
    if (!network || index.hue(network.id) === null) continue;
    for (const other of index.endpointsOn(network.id)) {
      const peer = index.container(other.container);
      if (peer && peer.id !== container.id) {
        facts.push(
          fact(networkTitle(network), `${peer.name}${other.ipv4 ? ` ${other.ipv4}` : ''}`, {
            records: [peer.id, other.id],
          }),
        );
      }
    }
  }
  return facts.slice(0, neighboursAtMost);
}
