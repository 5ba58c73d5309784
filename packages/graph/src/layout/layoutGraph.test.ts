import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build/buildGraph.ts';
import { lenses } from '../graph.ts';
import type { Layout } from '../layout.ts';
import { pictureFaults } from '../synthetic/pictureFaults.ts';
import { type SyntheticHost, syntheticSnapshot } from '../synthetic/syntheticSnapshot.ts';
import { layoutGraph } from './layoutGraph.ts';

const options = { pins: {}, aspect: 1.6 };

const hosts = fc
  .record({
    networks: fc.array(
      fc.record({
        internal: fc.boolean(),
        driver: fc.constantFrom('bridge', 'bridge', 'bridge', 'macvlan', 'overlay'),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    containers: fc.array(
      fc.record({
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
        name: index === 0 ? 'bridge' : `net${index}`,
        ...network,
        driver: index === 0 ? 'bridge' : network.driver,
      })),
      containers: containers.map(({ on, ports, mode, stopped, shares }, index) => ({
        name: `c${index}`,
        on: [...new Set(on.map((each) => each % networks.length))],
        ports,
        mode: mode as 'network' | 'host' | 'none',
        stopped: stopped && index % 5 === 0,
        ...(shares && index % 6 === 5 && mode === 'network' ? { shares: `c${index - 1}` } : {}),
        created: index,
      })),
    }),
  );

/** Where the containers stand, without their plugs and lines. */
function cards(layout: Layout): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(layout.boxes).flatMap(([id, { x, y }]) => (id.startsWith('container:') ? [[id, { x, y }]] : [])),
  );
}

describe.each(lenses)('the %s lens', (lens) => {
  it.each(fixtureNames)('[L1] draws %s without overlap, and no line through a foreign card', (name) => {
    const graph = buildGraph(snapshotOf(parseRecording(readFixture(name))), lens);
    const layout = layoutGraph(graph, options);
    expect(pictureFaults(graph, layout)).toEqual([]);
    expect(layout.bounds.width / layout.bounds.height).toBeGreaterThan(1.1);
    expect(layout.bounds.width / layout.bounds.height).toBeLessThan(2.3);
  });

  it('[L2] does so for any host', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        const graph = buildGraph(syntheticSnapshot(host), lens);
        expect(pictureFaults(graph, layoutGraph(graph, options))).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('[L3] gives the same picture for the same input, and for its own layout as the previous one', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        const graph = buildGraph(syntheticSnapshot(host), lens);
        const layout = layoutGraph(graph, options);
        expect(layoutGraph(buildGraph(syntheticSnapshot(host), lens), options)).toEqual(layout);
        const again = layoutGraph(graph, { ...options, previous: layout });
        expect(again.boxes).toEqual(layout.boxes);
        expect(again.routes).toEqual(layout.routes);
      }),
      { numRuns: 25 },
    );
  });

  it('[L4] moves no other container when one comes or goes', () => {
    fc.assert(
      fc.property(hosts, fc.nat(40), (host, pick) => {
        fc.pre(host.containers.length > 0);
        const without = {
          ...host,
          containers: host.containers.filter((_, index) => index !== pick % host.containers.length),
        };
        for (const [before, after] of [
          [host, without],
          [without, host],
        ] as const) {
          const first = layoutGraph(buildGraph(syntheticSnapshot(before), lens), options);
          const graph = buildGraph(syntheticSnapshot(after), lens);
          const second = layoutGraph(graph, { ...options, previous: first });
          const [was, is] = [cards(first), cards(second)];
          const name = `container:c${pick % host.containers.length}`;
          // Who shared the sandbox of the one that went, or now shares that of the one that came, changes its card itself.
          const tied = new Set(
            host.containers.flatMap(({ name: own, shares }) => (shares === undefined ? [] : [`container:${own}`])),
          );
          for (const id of Object.keys(is))
            if (id !== name && !tied.has(id) && was[id]) expect(is[id], id).toEqual(was[id]);
          expect(pictureFaults(graph, second).filter((fault) => fault.startsWith('overlap: container'))).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('pins', () => {
  it('[L5] put a card where a person wants it, with its plugs and lines, and move nothing else', () => {
    const graph = buildGraph(snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft'))), 'docker');
    const card = graph.nodes.find((node) => node.title === 'web')?.id ?? '';
    const free = layoutGraph(graph, options);
    const pinned = layoutGraph(graph, { ...options, pins: { [card]: { x: 2400, y: 300 } } });
    expect(pinned.boxes[card]).toMatchObject({ x: 2400, y: 300 });
    const own = new Set([card, 'host', ...graph.nodes.filter((node) => node.parent === card).map((node) => node.id)]);
    for (const [id, box] of Object.entries(free.boxes)) if (!own.has(id)) expect(pinned.boxes[id]).toEqual(box);
    const host = pinned.boxes.host;
    expect((host?.x ?? 0) + (host?.width ?? 0)).toBeGreaterThan(2400 + 134);
    for (const fault of pictureFaults(graph, pinned)) expect(fault).not.toMatch(/begin|end at|slanted/);
  });
});

describe('a history', () => {
  it('[L6] of containers that come one by one never moves who is there', () => {
    const all: SyntheticHost = {
      networks: [{ name: 'bridge' }, { name: 'front' }, { name: 'back' }],
      containers: Array.from({ length: 60 }, (_, index) => ({
        name: `c${index}`,
        on: [index % 3],
        ports: index % 9 === 0 ? [1000 + index] : [],
        created: index,
      })),
    };
    let layout: Layout | undefined;
    for (let count = 1; count <= all.containers.length; count += 1) {
      const graph = buildGraph(syntheticSnapshot({ ...all, containers: all.containers.slice(0, count) }), 'docker');
      const next = layoutGraph(graph, { ...options, previous: layout });
      if (layout) expect(cards(next)).toMatchObject(cards(layout));
      expect(pictureFaults(graph, next)).toEqual([]);
      layout = next;
    }
  });
});
