import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { type Graph, type GraphNode, lenses } from '../graph.ts';
import { layoutGraph } from '../layout/layoutGraph.ts';
import { syntheticSnapshot } from '../synthetic/syntheticSnapshot.ts';
import { buildGraph } from './buildGraph.ts';

const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));

function lines(graph: Graph, kind: GraphNode['kind']): string[] {
  return graph.nodes.filter((node) => node.kind === kind).map((node) => words(graph, node));
}

function words(graph: Graph, node: GraphNode): string {
  switch (node.kind) {
    case 'network':
      return [node.title, node.detail, ...node.badges.map((badge) => `[${badge}]`)].join(' | ');
    case 'port': {
      const chip = graph.nodes.find((each) => each.kind === 'chip' && each.id === `chip:${node.id}`);
      return [node.title, node.note, chip?.title].filter(Boolean).join(' | ');
    }
    case 'container': {
      const plugs = graph.nodes
        .filter((each) => each.kind === 'plug' && each.parent === node.id)
        .map((each) => each.title);
      const sharers = node.sharers.map((sharer) => `+${sharer.title}`);
      return [
        `${node.title} ${node.dot} ${node.state}`,
        plugs.join(' '),
        node.rows.map((row) => row.text).join(' / '),
        ...sharers,
      ]
        .filter(Boolean)
        .join(' | ');
    }
    default:
      return node.title;
  }
}

describe('the Docker lens of the sample host', () => {
  const graph = buildGraph(snapshot, 'docker');

  it('has a bar for each network, with what is special about it', () => {
    expect(lines(graph, 'network')).toEqual([
      'docker0 | bridge · 172.17.0.0/16 · gw .1',
      'front | bridge · 172.30.1.0/24 · gw .1',
      'back | internal · 172.18.0.0/16',
      'quiet | bridge · 172.19.0.0/16 · gw .1 | [icc off]',
      'nomasq | bridge · 172.20.0.0/16 · gw .1 | [no masquerade] | [mtu 1400]',
      'six | bridge · 172.21.0.0/16 · fd00:6::/64 · gw .1 | [IPv6]',
      'lan | macvlan on eth0 · 198.18.0.0/24 · gw .254',
      'routed | bridge · 172.22.0.0/16 · gw .1 | [routed]',
      'open | bridge · 172.23.0.0/16 · gw .1 | [unprotected]',
    ]);
  });

  it('has one port for v4 and v6 twins and for a range, with the way that its packets go', () => {
    expect(lines(graph, 'port')).toEqual([
      '9090 | this host only | DNAT 172.17.0.3:80',
      '8080 | DNAT 172.17.0.4:80',
      '8081 | DNAT 172.30.1.2:80',
      '5353 | udp | DNAT 172.30.1.2:53',
      '8082 | 198.18.0.28 | DNAT 172.30.1.100:80',
      '8083 | DNAT 172.30.1.3:80',
      '8084 | DNAT 172.30.1.4:80',
      '8085 | DNAT 172.19.0.2:80',
      '8086 | DNAT 172.20.0.2:80',
      '8087 | DNAT 172.21.0.2:80',
      '18000–18003 | DNAT 172.30.1.5:8000–8003',
      '8088 | DNAT 172.30.1.6:80',
      '32768 | DNAT 172.17.0.5:4444',
      '8089 | IPv6 only | docker-proxy',
      '8090 | DNAT 172.23.0.2:80',
    ]);
  });

  it('has a card for each sandbox, with who listens and what is wrong', () => {
    expect(lines(graph, 'container').slice(0, 8)).toEqual([
      'plain good running | .2 | :80',
      'lo good running | .3 | :80',
      'my-nginx good running | .4 | :80',
      'web warn running | .2 .2 | :80 :81 | +sidecar',
      'was good running | .3 | :8000',
      'db good running | .4 | :5432',
      'api good running | .100 | :80',
      'deaf warn running | .3 | 127.0.0.1:80 only',
    ]);
    expect(lines(graph, 'tray')).toEqual(['In the host’s namespace', 'Cut off', 'Not running']);
  });

  it('draws no line from the outside to a port of the loopback', () => {
    const port = graph.nodes.find((node) => node.kind === 'port' && node.title === '9090');
    expect(graph.edges.filter((edge) => edge.to === port?.id)).toEqual([]);
  });

  it('stands in shelves of which each is one line to read', () => {
    const { plan } = layoutGraph(graph, { pins: {}, aspect: 1.6 });
    const title = (id: string | null) => graph.nodes.find((node) => node.id === id)?.title ?? '·';
    const shelves = plan.shelves.map((_, shelf) =>
      plan.blocks
        .filter((block) => block.shelf === shelf)
        .map((block) => `${title(block.id)}: ${block.slots.map(title).join(' ')}`),
    );
    expect(shelves).toEqual([
      ['docker0: plain lo my-nginx linked', 'quiet: q1 q2'],
      ['front: web api deaf mute range paused'],
      ['back: was db', 'nomasq: nm'],
      ['six: v6', 'routed: rt'],
      ['lan: mac', 'open: op op2'],
      ['In the host’s namespace: hosty', 'Cut off: none', 'Not running: stopped'],
    ]);
  });
});

describe('the Linux lens of the sample host', () => {
  it('shows the hooks with what they do to packets', () => {
    const graph = buildGraph(snapshot, 'linux');
    const rows = (title: string) =>
      graph.nodes.flatMap((node) =>
        node.kind === 'panel' && node.title === title ? node.rows.map((row) => row.text) : [],
      );
    expect(rows('PREROUTING').slice(0, 4)).toEqual([
      'raw 15 rules',
      'nat → DOCKER',
      ':9090 → 172.17.0.3:80',
      ':8080 → 172.17.0.4:80',
    ]);
    expect(rows('POSTROUTING')).toContain('172.17.0.0/16 masq.');
    expect(rows('Routes')[0]).toBe('default 198.18.0.254');
  });

  it('names both ends of a cable with their index', () => {
    const graph = buildGraph(snapshot, 'linux');
    const cable = graph.edges.find((edge) => edge.kind === 'cable');
    const ends = [cable?.from, cable?.to].map((id) => graph.nodes.find((node) => node.id === id));
    expect(ends.map((end) => (end?.kind === 'plug' ? `${end.title} ${end.mark}` : ''))).toEqual([
      'eth0 #2',
      'vethb54621b #11',
    ]);
  });
});

describe.each(fixtureNames)('every lens of %s', (name) => {
  it('has unique ids, edges between nodes that are there, and records that are there', () => {
    const host = snapshotOf(parseRecording(readFixture(name)));
    const known = new Set(Object.values(host.records).flatMap((records) => Object.keys(records)));
    for (const lens of lenses) {
      const graph = buildGraph(host, lens);
      const ids = new Set(graph.nodes.map((node) => node.id));
      expect(ids.size).toBe(graph.nodes.length);
      expect(new Set(graph.edges.map((edge) => edge.id)).size).toBe(graph.edges.length);
      for (const edge of graph.edges) expect([ids.has(edge.from), ids.has(edge.to)], edge.id).toEqual([true, true]);
      for (const node of graph.nodes) expect(node.parent === null || ids.has(node.parent), node.id).toBe(true);
      for (const each of [...graph.nodes, ...graph.edges])
        expect(each.records.filter((id) => !known.has(id))).toEqual([]);
      const drawn = new Set(graph.nodes.flatMap((node) => node.records));
      for (const container of Object.keys(host.records.container)) expect(drawn).toContain(container);
    }
  });
});

describe('hues', () => {
  it('stay with a network when others come, and on request when others go', () => {
    const two = syntheticSnapshot({ networks: [{ name: 'bridge' }, { name: 'a' }], containers: [] });
    const three = syntheticSnapshot({ networks: [{ name: 'bridge' }, { name: 'a' }, { name: 'b' }], containers: [] });
    const hues = (graph: Graph) =>
      Object.fromEntries(graph.nodes.flatMap((node) => (node.kind === 'network' ? [[node.id, node.hue]] : [])));
    expect(hues(buildGraph(three, 'docker'))).toMatchObject(hues(buildGraph(two, 'docker')));
    expect(hues(buildGraph(two, 'docker', { hues: { 'network:a': 5 } }))).toMatchObject({ 'network:a': 5 });
  });

  it('folds the ports of a network where there are too many to stand beside it', () => {
    const containers = Array.from({ length: 40 }, (_, index) => ({
      name: `web${index}`,
      on: [0],
      ports: [8000 + index * 2],
      created: index,
    }));
    const crowd = buildGraph(syntheticSnapshot({ networks: [{ name: 'front' }], containers }), 'docker');
    const ports = lines(crowd, 'port');
    expect(ports).toHaveLength(12);
    expect(ports.at(-1)).toBe('+29 | more ports');
    const folded = crowd.nodes.find((node) => node.id.startsWith('ports:'));
    const last = crowd.edges.find((edge) => edge.from === folded?.id);
    expect(
      last?.records.filter((id) => id.startsWith('port:') || id.startsWith('publishedPort:')).length,
    ).toBeGreaterThanOrEqual(29);
    const layout = layoutGraph(crowd, { pins: {}, aspect: 1.6 });
    expect(layout.bounds.width / layout.bounds.height).toBeGreaterThan(1);
  });
});
