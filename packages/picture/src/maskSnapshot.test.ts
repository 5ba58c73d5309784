import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { buildGraph, lenses } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { tracePath } from '@vethscope/path';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { dotOf, drawioOf, layoutForPicture, markdownOf, maskSnapshot, mermaidOf, sceneOf, svgOf } from './index.ts';
import { AddressMask } from './mask/addressMask.ts';

/** Everything that any format writes of a snapshot. */
function allWords(snapshot: Snapshot): string {
  return lenses
    .flatMap((lens) => {
      const graph = buildGraph(snapshot, lens);
      const layout = layoutForPicture(graph);
      return [
        svgOf(sceneOf(graph, layout, { theme: 'light' })),
        mermaidOf(graph),
        dotOf(graph),
        drawioOf(graph, layout),
        markdownOf(snapshot, graph, { title: 'x', theme: 'light', picture: null, caption: null }),
        JSON.stringify({ graph, layout }),
      ];
    })
    .join('\n');
}

describe.each(fixtureNames)('%s, masked', (name) => {
  const real = snapshotOf(parseRecording(readFixture(name)));
  for (const container of Object.values(real.records.container)) container.name = `secretly-${container.name}`;
  const { snapshot, trace } = maskSnapshot(real, { names: true, addresses: true });
  const words = allWords(snapshot);

  it('[M1] shows no name, image, address or MAC of the host', () => {
    const { container, network, address, link, route } = real.records;
    const secret = new Set([
      ...Object.values(container).flatMap((each) => [each.image, each.engineId, each.engineId.slice(0, 12)]),
      ...Object.values(network).flatMap((each) => [each.engineId, each.engineId.slice(0, 12), each.bridgeName ?? '']),
      ...Object.values(address).flatMap((each) => (/^(127\.|::1$|fe80)/.test(each.address) ? [] : [each.address])),
      ...Object.values(link).map((each) => each.mac ?? ''),
      ...Object.values(route).map((each) => each.gateway ?? ''),
    ]);
    for (const common of ['', 'docker0', '00:00:00:00:00:00']) secret.delete(common);
    const isIn = (each: string) => new RegExp(`(?<![\\w.-])${each.replace(/[.[\]]/g, '\\$&')}(?![\\w.-])`).test(words);
    expect([...secret].filter(isIn)).toEqual([]);
    expect(/.{30}secretly-.{30}/.exec(words)?.[0]).toBeUndefined();
  });

  it('[M2] has the same picture: as many boxes and lines, and every record where it was', () => {
    for (const lens of lenses) {
      const [before, after] = [buildGraph(real, lens), buildGraph(snapshot, lens)];
      expect(after.nodes.map(({ kind }) => kind).sort()).toEqual(before.nodes.map(({ kind }) => kind).sort());
      expect(after.edges.map(({ kind }) => kind).sort()).toEqual(before.edges.map(({ kind }) => kind).sort());
    }
  });

  it('[M3] keeps subnets: each address is in its network’s, and ends as it did', () => {
    for (const endpoint of Object.values(snapshot.records.endpoint)) {
      const network = snapshot.records.network[endpoint.network];
      const address = endpoint.ipv4;
      const subnet = network?.subnets.find(({ family }) => family === 4)?.subnet;
      if (!address || !subnet) continue;
      expect(ipaddr.parse(address).match(ipaddr.parseCIDR(subnet)), `${address} in ${subnet}`).toBe(true);
    }
    const ends = (host: Snapshot) =>
      Object.values(host.records.endpoint)
        .flatMap(({ ipv4 }) => ipv4?.split('.').at(-1) ?? [])
        .sort();
    expect(ends(snapshot)).toEqual(ends(real));
  });

  it('[M4] masks a trace alike', () => {
    const asked = tracePath(real, { from: { kind: 'internet' }, to: { kind: 'host', port: 8080 }, protocol: 'tcp' });
    const masked = trace(asked);
    const known = new Set(Object.values(snapshot.records).flatMap((records) => Object.keys(records)));
    const touched = masked.legs.flatMap(({ hops }) =>
      hops.flatMap(({ steps }) => steps.flatMap(({ touches }) => touches)),
    );
    expect(touched.filter((id) => !known.has(id))).toEqual([]);
    expect(JSON.stringify(masked)).not.toMatch(/secretly|172\.17\./);
  });
});

describe('addresses', () => {
  it('[M5] keep what is known to everybody, and get ranges for documents otherwise', () => {
    const mask = new AddressMask(['172.17.0.0/16', '198.18.0.0/24', 'fd00:6::/64']);
    expect(mask.text('172.17.0.4')).toBe('10.1.0.4');
    expect(mask.text('172.17.0.1/16')).toBe('10.1.0.1/16');
    expect(mask.text('172.17.3.0/24')).toBe('10.1.3.0/24');
    expect(mask.text('198.18.0.28')).toBe('198.51.100.28');
    expect(mask.text('8.8.8.8')).toBe('203.0.113.1');
    expect(mask.text('127.0.0.11')).toBe('127.0.0.11');
    expect(mask.text('0.0.0.0/0')).toBe('0.0.0.0/0');
    expect(mask.text('fd00:6::2')).toBe('fd00:0:0:1::2');
    expect(mask.text('10.0.0.0/8')).toBe('10.0.0.0/8');
    expect(mask.text('not one')).toBe('not one');
  });
});
