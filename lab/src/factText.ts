/*
 * The words of a fact, made in the same way from the tools' output and from a Snapshot, so that two equal facts are equal texts. Only what
 * both sides have in the same form comes here: numbers, names, addresses.
 */

export interface LinkWords {
  namespace: string;
  ifindex: number;
  name: string;
}

/** `host/7 docker0`, `web/12 eth0`. */
export const linkText = (link: LinkWords) => `${link.namespace}/${link.ifindex} ${link.name}`;

export interface RouteWords {
  kind: string;
  destination: string;
  gateway: string | null;
  dev: string | null;
  table: string;
  protocol: string | null;
  scope: string | null;
  source: string | null;
  metric: number | null;
  flags: readonly string[];
}

export const routeText = (route: RouteWords) =>
  [
    route.kind,
    route.destination,
    `via ${route.gateway ?? '-'}`,
    `dev ${route.dev ?? '-'}`,
    `table ${route.table}`,
    `proto ${route.protocol ?? '-'}`,
    `scope ${route.scope ?? '-'}`,
    `src ${route.source ?? '-'}`,
    `metric ${route.metric ?? '-'}`,
    [...route.flags].sort().join(','),
  ]
    .join(' ')
    .trimEnd();

export interface ListenerWords {
  protocol: string;
  family: 4 | 6;
  address: string;
  port: number;
  device: string | null;
}

export const listenerText = (listener: ListenerWords) =>
  `${listener.protocol}${listener.family} ${listener.address} port ${listener.port}${listener.device === null ? '' : ` on ${listener.device}`}`;

export const holdersText = (processes: readonly { pid: number; name: string }[]) =>
  processes.length === 0
    ? 'held by nobody'
    : `held by ${[...new Set(processes.map(({ pid, name }) => `${name}(${pid})`))].sort().join(', ')}`;

export interface ProxyWords {
  pid: number;
  protocol: string;
  hostAddress: string;
  hostPort: number;
  containerAddress: string;
  containerPort: number;
}

export const proxyText = (proxy: ProxyWords) =>
  `${proxy.protocol} ${proxy.hostAddress} port ${proxy.hostPort} to ${proxy.containerAddress} port ${proxy.containerPort}`;

export interface EndpointWords {
  ipv4: string | null;
  ipv6: string | null;
  gateway4: string | null;
  mac: string | null;
  inside: string | null;
  outside: string | null;
}

export const endpointText = (endpoint: EndpointWords) =>
  `${endpoint.ipv4 ?? '-'} ${endpoint.ipv6 ?? '-'} gateway ${endpoint.gateway4 ?? '-'} mac ${endpoint.mac ?? '-'} ` +
  `inside ${endpoint.inside ?? '-'} outside ${endpoint.outside ?? '-'}`;
