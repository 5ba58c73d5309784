import type { Container, Endpoint, Snapshot } from '@vethscope/model';

/** A Snapshot in words: networks with their containers, those without one, published ports, and what could not be read. */
export function snapshotText(snapshot: Snapshot): string {
  const { records, host, engine, sources } = snapshot;
  const containers = Object.values(records.container).sort(byName);
  const endpoints = Object.values(records.endpoint);
  const lines: string[] = [];
  lines.push(
    `${host.hostname}${engine ? `, Docker ${engine.version}${engine.firewall ? `, ${engine.firewall}` : ''}` : ', no engine'}`,
  );

  for (const network of Object.values(records.network).sort(byName)) {
    const joined = endpoints.filter((endpoint) => endpoint.network === network.id);
    if (joined.length === 0 && network.subnets.length === 0) continue;
    const subnets = network.subnets.map(({ subnet }) => subnet).join(', ');
    lines.push(
      '',
      [network.name, network.driver, subnets, network.bridgeName ?? network.parentName].filter(Boolean).join('  '),
    );
    const rows = joined.flatMap((endpoint) => {
      const container = records.container[endpoint.container];
      return container ? [rowOf(snapshot, container, endpoint)] : [];
    });
    lines.push(...table(rows.sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''))));
  }

  const joinedIds = new Set(endpoints.map(({ container }) => container));
  const others = containers.filter(({ id }) => !joinedIds.has(id));
  if (others.length > 0) {
    lines.push('', 'without a network of their own');
    lines.push(
      ...table(others.map((container) => [container.name, container.state, `network mode ${container.networkMode}`])),
    );
  }

  const ports = Object.values(records.publishedPort).filter(({ active }) => active);
  if (ports.length > 0) {
    lines.push('', 'published ports');
    const rows = ports.map((port) => [
      `${port.hostAddress.includes(':') ? `[${port.hostAddress}]` : port.hostAddress}:${port.hostPort ?? '?'}/${port.protocol}`,
      '→',
      `${records.container[port.container]?.name ?? '?'}:${port.containerPort}`,
      [port.rules.length > 0 ? 'DNAT' : null, port.proxy ? 'docker-proxy' : null].filter(Boolean).join(', '),
    ]);
    lines.push(...table(rows));
  }

  const failed = sources.filter(({ status }) => status === 'failed' || status === 'partial');
  if (failed.length > 0) {
    lines.push('', 'not read, or not completely');
    for (const { source, sandbox, reason, fix } of failed) {
      lines.push(`  ${source}${sandbox ? ` (${sandbox})` : ''}: ${reason ?? ''}${fix ? `  → ${fix}` : ''}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function rowOf({ records }: Snapshot, container: Container, endpoint: Endpoint): string[] {
  const link = (id: string | null) => (id === null ? undefined : records.link[id]?.name);
  const cable =
    endpoint.outside === null ? link(endpoint.inside) : `${link(endpoint.inside)} ↔ ${link(endpoint.outside)}`;
  return [container.name, container.state, [endpoint.ipv4, endpoint.ipv6].filter(Boolean).join(', '), cable ?? ''];
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
