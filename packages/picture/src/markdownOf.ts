import type { Graph } from '@vethscope/graph';
import type { Container, Endpoint, Network, PublishedPort, Snapshot } from '@vethscope/model';
import { plain } from './draw/label.ts';
import { mermaidOf } from './mermaidOf.ts';
import type { ThemeName } from './theme.ts';

export interface MarkdownOptions {
  title: string;
  theme: ThemeName;
  /** The picture's file, as a link from the page; null: the page has a Mermaid flowchart in its place. */
  picture: string | null;
  caption: string | null;
}

/** A page with the picture and tables of its networks, containers and published ports: those that the graph shows. */
export function markdownOf(
  snapshot: Snapshot,
  graph: Graph,
  { title, theme, picture, caption }: MarkdownOptions,
): string {
  const shown = new Set(graph.nodes.flatMap(({ records }) => records));
  const { records } = snapshot;
  const networks = Object.values(records.network).filter(({ id }) => shown.has(id));
  const containers = Object.values(records.container).filter(({ id }) => shown.has(id));
  const ports = Object.values(records.publishedPort).filter(({ id }) => shown.has(id));
  const endpoints = Object.values(records.endpoint);
  const image =
    picture === null
      ? ['```mermaid', mermaidOf(graph, theme).trimEnd(), '```']
      : [`![${escapeMarkdown(title)}](<${picture.replace(/[<>\n]/g, '')}>)`];
  return [
    `# ${escapeMarkdown(title)}`,
    '',
    ...image,
    '',
    ...(caption === null || caption === '' ? [] : [escapeMarkdown(caption), '']),
    ...section(
      'Networks',
      ['Network', 'Driver', 'Subnets', 'Gateways', 'Bridge', 'Containers'],
      networks.sort(byName).map(networkRow(endpoints)),
    ),
    ...section(
      'Containers',
      ['Container', 'Image', 'State', 'Networks and addresses'],
      containers.sort(byName).map(containerRow(endpoints, records.network)),
    ),
    ...section('Published ports', ['Port', 'On', 'To'], ports.sort(byPort).map(portRow(records.container))),
  ].join('\n');
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byPort(a: PublishedPort, b: PublishedPort): number {
  return (a.hostPort ?? 0) - (b.hostPort ?? 0) || (a.id < b.id ? -1 : 1);
}

function section(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
    '',
  ];
}

const networkRow = (endpoints: readonly Endpoint[]) => (network: Network) => [
  network.name,
  network.internal ? `${network.driver}, internal` : network.driver,
  network.subnets.map(({ subnet }) => subnet).join(', '),
  network.subnets.flatMap(({ gateway }) => gateway ?? []).join(', '),
  network.bridgeName ?? network.parentName ?? '',
  String(endpoints.filter((endpoint) => endpoint.network === network.id).length),
];

const containerRow =
  (endpoints: readonly Endpoint[], networks: Snapshot['records']['network']) => (container: Container) => {
    const own = endpoints.filter((endpoint) => endpoint.container === container.id);
    const places = own.map((endpoint) => {
      const addresses = [endpoint.ipv4, endpoint.ipv6]
        .filter((address) => address !== null && address !== '')
        .join(', ');
      return [networks[endpoint.network]?.name ?? '', addresses].filter((part) => part !== '').join(' ');
    });
    const mode =
      container.mode === 'network' ? [] : [container.mode === 'container' ? 'shares a sandbox' : container.mode];
    return [container.name, container.image, container.health ?? container.state, [...places, ...mode].join('; ')];
  };

const portRow = (containers: Snapshot['records']['container']) => (port: PublishedPort) => [
  port.hostPort === null ? '–' : `${port.hostPort}/${port.protocol}`,
  port.hostAddress === '' ? 'any address' : port.hostAddress,
  `${containers[port.container]?.name ?? ''}:${port.containerPort}`,
];

/** Words that stay words in Markdown, also in a table's cell. */
function escapeMarkdown(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) =>
    character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}
