import { type FixtureName, fixtureNames, readFixture, sampleName, syntheticRecording } from '@vethscope/fixtures';
import type { CauseCode, Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import {
  type ReachSource,
  type ReachTarget,
  reachCell,
  reachCells,
  reachSources,
  reachTargets,
  tracePath,
} from '../index.ts';

const known = new Map<FixtureName, Snapshot>();

function recorded(name: FixtureName = sampleName): Snapshot {
  const snapshot = known.get(name) ?? snapshotOf(parseRecording(readFixture(name)));
  known.set(name, snapshot);
  return snapshot;
}

function sourceNamed(snapshot: Snapshot, label: string): ReachSource {
  const source = reachSources(snapshot).find((one) => one.label === label || one.id === label);
  if (source === undefined) throw new Error(`no source ${label}`);
  return source;
}

function targetNamed(snapshot: Snapshot, label: string): ReachTarget {
  const target = reachTargets(snapshot).find((one) => one.label === label);
  if (target === undefined) throw new Error(`no target ${label}`);
  return target;
}

/** What a cell of the sample host says. */
function code(from: string, to: string): CauseCode {
  const snapshot = recorded();
  return reachCell(snapshot, { source: sourceNamed(snapshot, from), target: targetNamed(snapshot, to) }).code;
}

describe('who may send', () => {
  it('the internet, a machine of the LAN, the host, and every running container', () => {
    const snapshot = recorded();
    const sources = reachSources(snapshot);
    expect(sources.slice(0, 3).map(({ id, label }) => [id, label])).toEqual([
      ['internet', 'internet'],
      ['lan', 'LAN (198.18.0.253)'],
      ['host', 'host'],
    ]);
    const running = Object.values(snapshot.records.container).filter(({ state }) => state === 'running');
    expect(
      sources
        .slice(3)
        .map(({ label }) => label)
        .sort(),
    ).toEqual(running.map(({ name }) => name).sort());
    // What is stopped or paused sends nothing.
    expect(sources.map(({ label }) => label)).not.toContain('stopped');
    expect(sources.map(({ label }) => label)).not.toContain('paused');
  });

  it('the machine of the LAN is nobody known, and has an IPv6 address for those who have no other', () => {
    const snapshot = recorded();
    const { from, from6 } = sourceNamed(snapshot, 'lan');
    const owned = Object.values(snapshot.records.address).map(({ address }) => address);
    for (const one of [from, from6]) {
      if (one?.kind !== 'address') continue;
      expect(owned).not.toContain(one.address);
    }
    expect(from).toEqual({ kind: 'address', address: '198.18.0.253' });
    expect(from6).toMatchObject({ kind: 'address', address: expect.stringContaining('2001:db8:1:') });
  });

  it('a host without a way to anywhere has no LAN', () => {
    const snapshot = recorded();
    const address = Object.fromEntries(
      Object.entries(snapshot.records.address).filter(([, one]) => one.address === '127.0.0.1'),
    );
    const lonely = { ...snapshot, records: { ...snapshot.records, address, route: {} } };
    expect(reachSources(lonely).map(({ id }) => id)).not.toContain('lan');
  });
});

describe('what may be reached', () => {
  it('listeners and published ports of a container stand together, the host first', () => {
    const targets = reachTargets(recorded());
    expect(targets[0]).toMatchObject({ label: 'host:7000', kind: 'listener', group: { kind: 'host' } });
    const web = targets.filter(({ group }) => group.label === 'web');
    expect(web.map(({ label, kind, protocol }) => `${label} ${kind} ${protocol}`)).toEqual([
      'web:80 listener tcp',
      'web:81 listener tcp',
      'host:5353 published udp',
      'host:8081 published tcp',
    ]);
    expect(web[0]?.group.network).toBe('back');
  });

  it('neither docker-proxy nor the embedded DNS server is a service', () => {
    for (const name of fixtureNames) {
      const snapshot = recorded(name);
      const { publishedPort, socket, proxy } = snapshot.records;
      const held = new Set(Object.values(proxy).flatMap(({ sockets }) => sockets));
      for (const port of Object.values(publishedPort)) held.add(port.socket ?? '');
      const listeners = reachTargets(snapshot).filter(({ kind }) => kind === 'listener');
      const touched = listeners.flatMap(({ touches }) => touches).flatMap((id) => socket[id] ?? []);
      expect(touched.length).toBeGreaterThan(10);
      expect(touched.filter(({ id, address }) => held.has(id) || address === '127.0.0.11')).toEqual([]);
    }
  });

  it('a sandbox that is shared has its listeners once', () => {
    const labels = reachTargets(recorded()).map(({ label }) => label);
    expect(labels.filter((label) => label.startsWith('sidecar:'))).toEqual([]);
    expect(labels).toContain('web:81');
  });

  it('every target has an id of its own', () => {
    for (const name of fixtureNames) {
      const ids = reachTargets(recorded(name)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('cells', () => {
  it('the internet reaches a published port, not the container behind it', () => {
    expect(code('internet', 'host:8080')).toBe('delivered');
    expect(code('internet', 'my-nginx:80')).toBe('direct-routing-dropped');
  });

  it('two networks do not reach each other, by whichever rule the engine has for it', () => {
    expect(code('plain', 'api:80')).toBe('direct-routing-dropped');
    const snapshot = recorded('docker-26.1-iptables-nft');
    const cell = reachCell(snapshot, {
      source: sourceNamed(snapshot, 'plain'),
      target: targetNamed(snapshot, 'api:80'),
    });
    expect(cell).toMatchObject({ disposition: 'dropped', code: 'isolated-networks' });
  });

  it('a container on both networks reaches both', () => {
    expect(code('web', 'db:5432')).toBe('delivered');
    expect(code('web', 'api:80')).toBe('delivered');
    expect(code('api', 'db:5432')).toBe('internal-network');
  });

  it('an internal network has no way out', () => {
    expect(code('db', 'host:8080')).toBe('no-route');
    expect(code('db', 'was:8000')).toBe('delivered');
  });

  it('what listens on its loopback is reached from inside of its sandbox only', () => {
    expect(code('api', 'deaf:80')).toBe('listens-on-loopback');
    expect(code('deaf', 'deaf:80')).toBe('delivered');
  });

  it('a port published on the loopback is the host’s own', () => {
    expect(code('internet', 'host:9090')).toBe('published-on-loopback');
    expect(code('host', 'host:9090')).toBe('delivered');
  });

  it('icc=false keeps neighbours apart', () => {
    expect(code('q1', 'q2:80')).toBe('icc-disabled');
  });

  it('a service on another address of 127/8 is asked for by that address, inside only', () => {
    const snapshot = recorded();
    const socket = Object.values(snapshot.records.socket).find(({ port }) => port === 7000);
    if (socket === undefined) throw new Error('the sample host has no listener on 7000');
    const stub = {
      ...socket,
      id: 'stub',
      protocol: 'udp' as const,
      family: 4 as const,
      address: '127.0.0.53',
      port: 53,
    };
    const changed = {
      ...snapshot,
      records: { ...snapshot.records, socket: { ...snapshot.records.socket, stub } },
    };
    const target = targetNamed(changed, 'host:53');
    const cell = (from: string) => reachCell(changed, { source: sourceNamed(changed, from), target: target });
    expect(cell('host')).toMatchObject({ code: 'delivered', question: { to: { address: '127.0.0.53' } } });
    expect(cell('internet').code).toBe('listens-on-loopback');
  });
});

describe('a brief answer', () => {
  for (const name of fixtureNames) {
    it(`${name}: is that of the full trace, in every cell`, () => {
      const snapshot = recorded(name);
      const sources = reachSources(snapshot);
      const targets = reachTargets(snapshot);
      let cells = 0;
      for (const batch of reachCells(snapshot, { sources, targets })) {
        for (const { disposition, code: found, sentence, question } of batch) {
          const trace = tracePath(snapshot, question, { blockers: false });
          const { code: expected, sentence: said } = trace.cause;
          expect({ disposition, code: found, sentence, question }).toEqual({
            disposition: trace.disposition,
            code: expected,
            sentence: said,
            question: trace.question,
          });
          cells++;
        }
      }
      expect(cells).toBe(sources.length * targets.length);
    });
  }

  it('keeps no steps', () => {
    const question = reachCell(recorded(), {
      source: sourceNamed(recorded(), 'internet'),
      target: targetNamed(recorded(), 'host:8080'),
    });
    const trace = tracePath(recorded(), question.question, { blockers: false, brief: true });
    expect(trace.legs.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))).toEqual([]);
    expect(trace.legs[0]?.hops.length).toBeGreaterThan(1);
  });
});

describe('batches', () => {
  it('come row by row, of the size that was asked for, and can be left', () => {
    const snapshot = snapshotOf(
      parseRecording(syntheticRecording({ containers: 12, networks: 2, portsPerContainer: 1, seed: 7 })),
    );
    const sources = reachSources(snapshot);
    const targets = reachTargets(snapshot);
    const batches = [...reachCells(snapshot, { sources, targets, batch: 10 })];
    expect(batches.slice(0, -1).every(({ length }) => length === 10)).toBe(true);
    const places = batches.flat().map(({ row, column }) => row * targets.length + column);
    expect(places).toEqual(places.map((_, at) => at));
    const some = reachCells(snapshot, { sources, targets, batch: 10 });
    expect(some.next().value).toHaveLength(10);
    expect(some.return()).toMatchObject({ done: true });
  });
});
