import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { buildGraph, type Graph, lenses } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureFaults } from '../../graph/src/synthetic/pictureFaults.ts';
import { type SyntheticHost, syntheticSnapshot } from '../../graph/src/synthetic/syntheticSnapshot.ts';
import { layoutForPicture, makePicture, sceneOf, sceneOfPicture, svgOf } from './index.ts';
import { sceneFaults } from './sceneFaults.ts';

const plainRequest = {
  theme: 'light',
  transparent: false,
  legend: false,
  caption: null,
  title: null,
  mask: null,
} as const;

function faultsOf(graph: Graph): string[] {
  const layout = layoutForPicture(graph);
  const scene = sceneOf(graph, layout, { theme: 'light', legend: true, caption: 'a caption' });
  return [...pictureFaults(graph, layout), ...sceneFaults(scene)];
}

const words = fc.constantFrom('web', 'db', 'a', 'proxy', 'prometheus', 'worker', 'queue', 'front-end', 'x1');
const name = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));

const hosts = fc
  .record({
    networks: fc.array(
      fc.record({
        name,
        internal: fc.boolean(),
        driver: fc.constantFrom('bridge', 'bridge', 'bridge', 'macvlan', 'overlay'),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    containers: fc.array(
      fc.record({
        name,
        on: fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 4 }),
        ports: fc.uniqueArray(fc.integer({ min: 1000, max: 60_000 }), { maxLength: 3 }),
        mode: fc.constantFrom('network', 'network', 'network', 'network', 'host', 'none'),
        stopped: fc.boolean(),
        shares: fc.boolean(),
      }),
      { maxLength: 40 },
    ),
  })
  .map(
    ({ networks, containers }): SyntheticHost => ({
      networks: networks.map((network, index) => ({
        ...network,
        name: index === 0 ? 'bridge' : `${network.name}-${index}`,
        driver: index === 0 ? 'bridge' : network.driver,
      })),
      containers: containers.map((each, index) => ({
        name: `${each.name}-${index}`,
        on: [...new Set(each.on.map((on) => on % networks.length))],
        ports: each.ports,
        mode: each.mode as 'network' | 'host' | 'none',
        stopped: each.stopped && index % 5 === 0,
        ...(each.shares && index % 6 === 5 && each.mode === 'network'
          ? { shares: `${containers[index - 1]?.name}-${index - 1}` }
          : {}),
        created: index,
      })),
    }),
  );

/** The same host after some of its containers left, and a network with all that were on it. */
function later({ networks, containers }: SyntheticHost, every: number): SyntheticHost {
  const last = networks.length - 1;
  const kept = containers.filter(
    ({ shares, on }, index) => (index % every !== 0 && shares === undefined) || on.length > 3,
  );
  return last < 1
    ? { networks, containers: kept }
    : { networks: networks.slice(0, last), containers: kept.filter(({ on }) => !on.includes(last)) };
}

describe.each(lenses)('the %s lens', (lens) => {
  it.each(fixtureNames)('[P1] no word of %s is cut, outside of its box or on another', (fixture) => {
    expect(faultsOf(buildGraph(snapshotOf(parseRecording(readFixture(fixture))), lens))).toEqual([]);
  });

  it('[P2] so it is for any host', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        expect(faultsOf(buildGraph(syntheticSnapshot(host), lens))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('[P6] and for any difference, with what went in its place', () => {
    let drawn = 0;
    fc.assert(
      fc.property(hosts, fc.integer({ min: 2, max: 5 }), (host, every) => {
        const [before, after] = [host, later(host, every)].map(syntheticSnapshot);
        if (!before || !after) return;
        const picture = makePicture(after, { ...plainRequest, lens, of: { kind: 'difference', before } });
        if (!picture?.ghosts) return;
        drawn += 1;
        const { graph, layout } = picture.ghosts;
        expect([...pictureFaults(graph, layout), ...sceneFaults(sceneOfPicture(picture))]).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(drawn).toBeGreaterThan(50);
  }, 120_000);
});

describe('a picture', () => {
  const graph = buildGraph(snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft'))), 'docker');
  const layout = layoutForPicture(graph);

  it('[P3] is the same bytes for the same input', () => {
    const draw = () =>
      svgOf(sceneOf(structuredClone(graph), layoutForPicture(structuredClone(graph)), { theme: 'dark' }));
    expect(draw()).toBe(draw());
  });

  it('[P4] of a view has whole boxes only, and lines between them', () => {
    const bar = graph.nodes.find((node) => node.kind === 'network' && node.title === 'back');
    const box = layout.boxes[bar?.id ?? ''];
    if (!box) throw new Error('no such bar');
    const view = { ...box, height: box.height + 140 };
    const scene = sceneOf(graph, layout, { theme: 'light', view });
    expect(sceneFaults(scene)).toEqual([]);
    const svg = svgOf(scene);
    for (const there of ['back', 'was', 'db']) expect(svg).toContain(`>${there}</text>`);
    for (const gone of ['front', 'my-nginx', 'Internet']) expect(svg).not.toContain(`>${gone}</text>`);
  });

  it('[P5] without ground paints nothing below', () => {
    const svg = svgOf(sceneOf(graph, layout, { theme: 'light', transparent: true }));
    expect(svg).not.toContain('#f6f7f9');
  });
});
