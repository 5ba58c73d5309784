import type { GraphEdge, GraphNode, GraphRow } from '../graph.ts';
import { isLinkLocal, socketAddress } from './addressWords.ts';
import { hookRows } from './hookRows.ts';
import type { HostLinks } from './hostLinks.ts';
import { type Hook, indexRuleset } from './rulesetIndex.ts';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

/** In the order of the column: the way through the host, then the way into it and out of it again. */
const hooks: { hook: Hook; title: string; rows: number }[] = [
  { hook: 'prerouting', title: 'PREROUTING', rows: 12 },
  { hook: 'forward', title: 'FORWARD', rows: 9 },
  { hook: 'postrouting', title: 'POSTROUTING', rows: 8 },
  { hook: 'input', title: 'INPUT', rows: 4 },
  { hook: 'output', title: 'OUTPUT', rows: 4 },
];

/** Linux lens: what packets pass between the host's links and its bridges, and the lines between. */
export function panelGraph(index: SnapshotIndex, links: HostLinks): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const ruleset = indexRuleset(index);
  const nodes: GraphNode[] = hooks.map(({ hook, title, rows }) => {
    const all = hookRows(ruleset, hook);
    const known = ruleset.baseChains(hook);
    const none: GraphRow = {
      text: rulesUnread(index) ? 'not read' : 'no rules',
      mark: null,
      records: [],
      tone: 'note',
    };
    return panel(
      `panel:${hook}`,
      'hook',
      title,
      known.map(({ id }) => id),
      all.length > 0 ? all : [none],
      rows,
    );
  });
  const proxies = Object.values(index.snapshot.records.proxy).sort((a, b) => a.hostPort - b.hostPort || a.pid - b.pid);
  if (proxies.length > 0) {
    const rows = proxies.map(
      (proxy): GraphRow => ({
        text: socketAddress(proxy.hostAddress, proxy.hostPort),
        mark: `${proxy.pid}`,
        records: [proxy.id],
        tone: 'fact',
      }),
    );
    nodes.splice(
      4,
      0,
      panel(
        'panel:proxy',
        'proxy',
        'docker-proxy',
        proxies.map(({ id }) => id),
        rows,
        7,
      ),
    );
  }
  const routes = index
    .routesOf(hostId)
    .filter(
      (route) =>
        route.table === 'main' &&
        route.kind === 'unicast' &&
        !isLinkLocal(route.destination) &&
        !route.destination.startsWith('ff'),
    )
    .sort((a, b) => a.family - b.family || Number(b.destination.endsWith('/0')) - Number(a.destination.endsWith('/0')));
  const rows = routes.map((route): GraphRow => {
    const all = route.destination.endsWith('/0');
    const link = index.link(route.link)?.name ?? '';
    return {
      text: all ? `default ${route.gateway ?? link}` : `${route.destination} ${route.gateway ?? link}`,
      mark: null,
      records: [route.id],
      tone: route.flags.includes('linkdown') ? 'note' : 'fact',
    };
  });
  nodes.push(
    panel(
      'panel:routes',
      'routes',
      'Routes',
      routes.map(({ id }) => id),
      rows,
      10,
    ),
  );
  return { nodes, edges: flows(index, links, proxies.length > 0) };
}

function rulesUnread(index: SnapshotIndex): boolean {
  return index.snapshot.sources.some(
    ({ source, sandbox, status }) =>
      (source === 'iptables' || source === 'nft') && (sandbox === hostId || sandbox === null) && status === 'failed',
  );
}

function panel(
  id: string,
  kind: 'hook' | 'routes' | 'proxy',
  title: string,
  records: string[],
  rows: GraphRow[],
  most: number,
): GraphNode {
  const shown = rows.length <= most ? rows : rows.slice(0, most - 1);
  return {
    id,
    kind: 'panel',
    panel: kind,
    parent: 'host',
    records,
    hue: null,
    title,
    rows: shown,
    more: rows.length - shown.length,
  };
}

/** The order of netfilter's hooks: through the host by FORWARD, into it by INPUT, out of it by OUTPUT, and POSTROUTING before the bridges. */
function flows(index: SnapshotIndex, links: HostLinks, proxy: boolean): GraphEdge[] {
  const pairs: [string, string][] = [
    ...links.shown.map((link): [string, string] => [link.id, 'panel:prerouting']),
    ['panel:prerouting', 'panel:forward'],
    ['panel:forward', 'panel:postrouting'],
    ['panel:prerouting', 'panel:input'],
    ...(proxy
      ? ([
          ['panel:input', 'panel:proxy'],
          ['panel:proxy', 'panel:output'],
        ] as [string, string][])
      : []),
    ['panel:output', 'panel:postrouting'],
    ...index.networks
      .filter((network) => network.bridge !== null)
      .map((network): [string, string] => ['panel:postrouting', network.id]),
  ];
  return pairs.map(([from, to]) => ({
    id: `flow:${from}/${to}`,
    kind: 'flow',
    from,
    to,
    records: [],
    hue: null,
    label: null,
    dashed: from === 'panel:proxy' || to === 'panel:proxy',
    counters: null,
  }));
}
