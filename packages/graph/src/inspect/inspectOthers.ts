import type { DockerProxy, Endpoint, PublishedPort, Route, Service, Socket } from '@vethscope/model';
import { socketAddress } from '../build/addressWords.ts';
import { networkTitle } from '../build/networks.ts';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { endpointFacts } from './endpointFacts.ts';
import { fact, section } from './facts.ts';
import type { Inspection, InspectionKind } from './inspection.ts';
import { mentioningRules } from './mentioningRules.ts';
import { portWord, publishedFacts } from './portFacts.ts';

const bare = (record: string, kind: InspectionKind, title: string, subtitle: string): Inspection => ({
  record,
  kind,
  title,
  subtitle,
  state: null,
  sections: [],
  rules: [],
  neighbours: [],
  labels: [],
  counters: [],
});

export function inspectEndpoint(index: SnapshotIndex, endpoint: Endpoint): Inspection {
  const container = index.container(endpoint.container);
  const network = index.network(endpoint.network);
  const outside = index.link(endpoint.outside);
  return {
    ...bare(
      endpoint.id,
      'endpoint',
      `${container?.name ?? 'container'} on ${network ? networkTitle(network) : 'network'}`,
      `Endpoint ${endpoint.engineId?.slice(0, 12) ?? ''}`.trim(),
    ),
    sections: [
      ...section('Endpoint', endpointFacts(index, endpoint)),
      ...section('Joins', [
        container ? fact('Container', container.name, { records: [container.id] }) : null,
        network ? fact('Network', networkTitle(network), { records: [network.id] }) : null,
        endpoint.sandbox === null
          ? null
          : fact('Sandbox', `net:[${index.snapshot.records.sandbox[endpoint.sandbox]?.netns ?? '?'}]`, {
              records: [endpoint.sandbox],
            }),
        outside?.port
          ? fact('Port state', outside.port.state, { tone: outside.port.state === 'forwarding' ? 'good' : 'warn' })
          : null,
      ]),
      ...section('Names', [fact('In DNS as', endpoint.dnsNames.join(', '))]),
    ],
    rules: mentioningRules(index, {
      addresses: [endpoint.ipv4 ?? '', endpoint.ipv6 ?? ''],
      links: outside ? [outside.name] : [],
    }),
    counters: [endpoint.outside ?? endpoint.inside].filter((id) => id !== null),
  };
}

export function inspectPort(index: SnapshotIndex, port: PublishedPort): Inspection {
  const container = index.container(port.container);
  const endpoint = port.endpoint === null ? undefined : index.snapshot.records.endpoint[port.endpoint];
  const twins = index
    .portsOf(port.container)
    .filter(
      (each) =>
        each.hostPort === port.hostPort && each.protocol === port.protocol && each.containerPort === port.containerPort,
    );
  const target = port.target === null ? undefined : index.snapshot.records.socket[port.target];
  return {
    ...bare(port.id, 'publishedPort', portWord(port), `published port of ${container?.name ?? 'a container'}`),
    state: port.active ? { text: 'published', tone: 'good' } : { text: 'not published', tone: 'quiet' },
    sections: [
      ...section('Way', publishedFacts(index, twins)),
      ...section('Ends', [
        fact(
          'On the host',
          twins.map((each) => socketAddress(each.hostAddress || '0.0.0.0', each.hostPort ?? '–')).join(', '),
        ),
        container ? fact('Container', container.name, { records: [container.id] }) : null,
        endpoint
          ? fact('Address', socketAddress(endpoint.ipv4 || endpoint.ipv6 || '', port.containerPort), {
              records: [endpoint.id],
            })
          : null,
        target
          ? fact(
              'Answers',
              `${socketAddress(target.address, target.port)} ${(target.processes ?? []).map(({ name }) => name).join(', ')}`.trim(),
              { records: [target.id] },
            )
          : null,
      ]),
    ],
    rules: mentioningRules(index, {
      ids: twins.flatMap((each) => each.rules),
      ports: port.hostPort === null ? [] : [port.hostPort],
    }),
    counters: [endpoint?.outside ?? null].filter((id) => id !== null),
  };
}

export function inspectProxy(index: SnapshotIndex, proxy: DockerProxy): Inspection {
  const port = Object.values(index.snapshot.records.publishedPort).find((each) => each.proxy === proxy.id);
  return {
    ...bare(proxy.id, 'proxy', `docker-proxy ${proxy.pid}`, 'carries connections that no rule translates'),
    sections: section('Process', [
      fact('Pid', String(proxy.pid)),
      fact('Listens', `${socketAddress(proxy.hostAddress, proxy.hostPort)}/${proxy.protocol}`, {
        records: proxy.sockets,
      }),
      fact('Connects to', socketAddress(proxy.containerAddress, proxy.containerPort), {
        records: port ? [port.container] : [],
      }),
      fact('Command', proxy.argv.join(' ')),
      port ? fact('For', portWord(port), { records: [port.id] }) : null,
    ]),
  };
}

export function inspectSocket(index: SnapshotIndex, socket: Socket): Inspection {
  const sandbox = index.snapshot.records.sandbox[socket.sandbox];
  return {
    ...bare(
      socket.id,
      'socket',
      `${socketAddress(socket.address, socket.port)}/${socket.protocol}`,
      `listens in ${sandbox?.name ?? 'a sandbox'}`,
    ),
    sections: section('Socket', [
      fact('Process', (socket.processes ?? []).map(({ name, pid }) => `${name} (${pid})`).join(', ')),
      fact('Inode', String(socket.inode)),
      socket.uid === null ? null : fact('User id', String(socket.uid)),
      socket.boundTo === null
        ? null
        : fact('Bound to', index.link(socket.boundTo)?.name ?? '', { records: [socket.boundTo] }),
      sandbox ? fact('Sandbox', `net:[${sandbox.netns}]`, { records: [sandbox.id] }) : null,
    ]),
  };
}

export function inspectRoute(index: SnapshotIndex, route: Route): Inspection {
  const link = index.link(route.link);
  return {
    ...bare(
      route.id,
      'route',
      /\/0$/.test(route.destination) ? `default (IPv${route.family})` : route.destination,
      `route in table ${route.table}`,
    ),
    sections: section('Route', [
      fact('Kind', route.kind),
      fact('Gateway', route.gateway ?? ''),
      link ? fact('Link', link.name, { records: [link.id] }) : null,
      ...route.nextHops.map((hop) =>
        fact('Next hop', [hop.gateway, index.link(hop.link)?.name].filter(Boolean).join(' '), {
          records: hop.link === null ? [] : [hop.link],
        }),
      ),
      fact('Source', route.source ?? ''),
      fact('Metric', route.metric === null ? '' : String(route.metric)),
      fact('Scope', route.scope ?? ''),
      fact('Protocol', route.protocol ?? ''),
      fact('Flags', route.flags.join(' ')),
    ]),
  };
}

export function inspectService(index: SnapshotIndex, service: Service): Inspection {
  const tasks = Object.values(index.snapshot.records.task).filter((task) => task.service === service.id);
  return {
    ...bare(
      service.id,
      'service',
      service.name,
      `swarm service · ${service.mode}${service.replicas === null ? '' : ` · ${service.replicas} replicas`}`,
    ),
    sections: [
      ...section(
        'Ports',
        service.ports.map((port) =>
          fact(`${port.publishedPort ?? '–'}/${port.protocol}`, `to ${port.targetPort} by ${port.publishMode}`, {
            words: true,
          }),
        ),
      ),
      ...section(
        'Virtual addresses',
        service.virtualAddresses.map((each) =>
          fact(index.network(each.network)?.name ?? each.network, each.address, { records: [each.network] }),
        ),
      ),
    ],
    neighbours: tasks.map((task) =>
      fact(
        task.state,
        task.container === null
          ? `task ${task.engineId.slice(0, 8)}`
          : (index.container(task.container)?.name ?? task.container),
        { records: task.container === null ? [] : [task.container] },
      ),
    ),
  };
}
