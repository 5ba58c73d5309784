import { readFixture } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build/buildGraph.ts';
import { layoutGraph } from '../layout/layoutGraph.ts';
import { pictureFaults } from '../synthetic/pictureFaults.ts';
import { hideInGraph } from './hideInGraph.ts';
import { matchGraph } from './matchGraph.ts';
import { parseFind } from './parseFind.ts';
import { suggestFind } from './suggestFind.ts';

const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
const graph = buildGraph(snapshot, 'docker');

function titles(text: string): string[] {
  const result = parseFind(text);
  if (!result.ok) throw new Error(result.error.message);
  const hits = matchGraph(result.expression, snapshot, graph);
  return graph.nodes.filter((node) => hits.has(node.id)).map((node) => node.title);
}

describe('matchGraph', () => {
  it.each([
    ['net:back', ['8081', '5353', 'back', 'web', 'was', 'db']],
    ['net:back name:web', ['8081', '5353', 'web']],
    ['ip:172.18.0.0/16 -name:web', ['back', 'was', 'db']],
    ['ip:172.17.0.4', ['8080', 'docker0', 'my-nginx']],
    ['port:8080', ['8080', 'my-nginx']],
    ['port:18000-18003', ['18000–18003', 'range']],
    ['driver:macvlan', ['lan', 'mac']],
    ['label:com.docker.compose.project=shop', ['web']],
    ['project:shop', ['8081', '5353', 'web']],
    ['is:stopped,host', ['hosty', 'stopped']],
    ['state:paused', ['paused']],
    ['is:internal -is:multihomed', ['back', 'was', 'db']],
    ['sidecar', ['web']],
    ['name:"my-nginx"', ['8080', 'my-nginx']],
    ['is:loopback', ['9090']],
    ['link:eth0 -is:running -is:published -driver:macvlan', ['eth0', 'hosty']],
    ['name:q*', ['8085', 'quiet', 'q1', 'q2']],
    ['', []],
  ])('%s', (text, expected) => {
    const found = titles(text);
    expect(text.startsWith('link:') ? found.filter((title) => expected.includes(title)) : found).toEqual(
      text.startsWith('link:') ? ['eth0'] : expected,
    );
  });
});

describe('parseFind says where it is wrong and what would be right', () => {
  it.each([
    ['nam:web', 0, 'There is no field "nam".', 'Did you mean name: ?'],
    ['a is:stoped', 5, 'There is no property "stoped".', 'Did you mean is:stopped ?'],
    ['port:99999', 5, '"99999" is no port.', 'A number up to 65535, or a range: port:8000-8003'],
    ['x "my app', 2, 'This quote is not closed.', 'Put a " at its end.'],
    ['net:', 0, 'net: needs a value.', 'For example net:front'],
    ['-', 0, 'There is nothing to negate.', 'Write a word right after it: -is:stopped'],
    ['ip:front', 3, '"front" is no address.', 'An address, its beginning or a prefix: ip:172.18.0.0/16'],
  ])('%s', (text, at, message, hint) => {
    const result = parseFind(text);
    expect(result.ok ? null : { ...result.error, length: 0 }).toEqual({ at, length: 0, message, hint });
  });

  it('takes an IPv6 address for a bare word', () => {
    expect(parseFind('fd00:6::2')).toMatchObject({
      ok: true,
      expression: { terms: [{ field: null, values: ['fd00:6::2'] }] },
    });
  });
});

describe('hideInGraph', () => {
  it('hides a network with what hangs only on it, and leaves who has another home', () => {
    const back = snapshotNetwork('front');
    const hidden = hideInGraph(graph, new Set([back]));
    const left = hidden.nodes.map((node) => node.title);
    expect(left).not.toContain('front');
    expect(left).not.toContain('api');
    expect(left).not.toContain('8082');
    expect(hidden.nodes.find((node) => node.title === 'web')).toMatchObject({ home: snapshotNetwork('back') });
    expect(pictureFaults(hidden, layoutGraph(hidden, { pins: {}, aspect: 1.6 }))).toEqual([]);
  });
});

function snapshotNetwork(name: string): string {
  return Object.values(snapshot.records.network).find((network) => network.name === name)?.id ?? '';
}

describe('suggestFind', () => {
  it('offers fields, then values of the field', () => {
    expect(suggestFind('ne', 2, snapshot)[0]).toEqual({ text: 'net:', note: 'on a network', at: 0, length: 2 });
    expect(suggestFind('web -net:fr', 11, snapshot)[0]).toMatchObject({ text: '-net:front ', at: 4, length: 7 });
  });
});
