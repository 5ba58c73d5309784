import { ids, type PublishedPort, Transport } from '@vethscope/model';
import { asBody, type Body, bodyOf, textOf } from './engineText.ts';
import { UniqueIds, type WarningList } from './warnings.ts';

interface PortKey {
  protocol: PublishedPort['protocol'];
  port: number;
}

/** "80/tcp"; "80" is TCP. */
export function portKeyOf(text: string): PortKey | null {
  const [port = '', word = 'tcp'] = text.split('/');
  const protocol = Transport.safeParse(word);
  return protocol.success && /^\d{1,5}$/.test(port) && Number(port) <= 65535
    ? { protocol: protocol.data, port: Number(port) }
    : null;
}

/** "" and "0" mean that the engine has not chosen one yet; "8000-8010" that it may choose one of these. */
function hostPortOf(text: string | null): number | null {
  return text !== null && /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65535 ? Number(text) : null;
}

export interface PortBodies {
  containerEngineId: string;
  /** NetworkSettings of the container's body. */
  settings: Body | null;
  /** HostConfig. */
  hostConfig: Body | null;
  running: boolean;
}

/**
 * The published ports of a container: of a running one those in effect (NetworkSettings.Ports), else those that were asked for
 * (HostConfig.PortBindings), not active. Each host address is one port. In gateway mode "routed" the engine gives a port without a
 * host port: it is open on the container's own address, and nothing on the host answers for it.
 */
export function parsePublishedPorts(bodies: PortBodies, warnings: WarningList): PublishedPort[] {
  const { containerEngineId, running } = bodies;
  const ports = running ? bodyOf(bodies.settings, 'Ports') : bodyOf(bodies.hostConfig, 'PortBindings');
  const unique = new UniqueIds();
  const records: PublishedPort[] = [];
  for (const [text, value] of Object.entries(ports ?? {})) {
    // Exposed and not published: null, or an empty list.
    const bindings = Array.isArray(value) ? value : [];
    const key = portKeyOf(text);
    if (key === null) {
      if (bindings.length > 0)
        warnings.add(`container ${containerEngineId.slice(0, 12)}`, { [text]: value }, 'not a port');
      continue;
    }
    for (const binding of bindings) {
      const hostPort = hostPortOf(textOf(asBody(binding), 'HostPort'));
      const hostAddress = textOf(asBody(binding), 'HostIp') ?? '0.0.0.0';
      const name = `${key.protocol}/${key.port}/${hostAddress}:${hostPort ?? ''}`;
      records.push({
        type: 'publishedPort',
        id: unique.take(`publishedPort:${containerEngineId.slice(0, 24)}/${name}`),
        container: ids.container(containerEngineId),
        endpoint: null,
        protocol: key.protocol,
        hostAddress,
        hostPort,
        containerPort: key.port,
        active: running,
        rules: [],
        proxy: null,
        socket: null,
        target: null,
      });
    }
  }
  return records;
}
