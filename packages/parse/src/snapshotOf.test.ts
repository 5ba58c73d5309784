import { fixtureNames, readFixture, syntheticRecording } from '@vethscope/fixtures';
import { type AnyRecord, type Recording, Snapshot } from '@vethscope/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecording } from './parseRecording.ts';
import { recordReferences } from './recordReferences.ts';
import { snapshotOf } from './snapshotOf.ts';

function allRecords(snapshot: Snapshot): AnyRecord[] {
  return Object.values(snapshot.records).flatMap((table) => Object.values<AnyRecord>(table));
}

function danglingReferences(snapshot: Snapshot): string[] {
  const records = allRecords(snapshot);
  const known = new Set(records.map(({ id }) => id));
  return records.flatMap((record) =>
    recordReferences(record)
      .filter((id) => !known.has(id))
      .map((id) => `${record.id} names ${id}`),
  );
}

function expectWhole(snapshot: Snapshot): void {
  expect(Snapshot.safeParse(snapshot).error?.issues ?? []).toEqual([]);
  expect(danglingReferences(snapshot)).toEqual([]);
  const ids = allRecords(snapshot).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const misplaced = Object.values(snapshot.records).flatMap((table) =>
    Object.entries<AnyRecord>(table).filter(([id, record]) => record.id !== id),
  );
  expect(misplaced).toEqual([]);
}

const small = () => parseRecording(syntheticRecording({ containers: 4, networks: 1, portsPerContainer: 2, seed: 7 }));

describe('snapshotOf', () => {
  it.each(fixtureNames)('%s: every id that a record names is in the Snapshot, and none is there twice', (name) => {
    expectWhole(snapshotOf(parseRecording(readFixture(name))));
  });

  it.each(fixtureNames)('%s: no part of the readings is left over as a warning', (name) => {
    expect(snapshotOf(parseRecording(readFixture(name))).records.warning).toEqual({});
  });

  it('joins every veth, endpoint and published port of a synthetic host', () => {
    const snapshot = snapshotOf(
      parseRecording(syntheticRecording({ containers: 60, networks: 7, portsPerContainer: 2, seed: 3 })),
    );
    expectWhole(snapshot);
    const { link, endpoint, publishedPort } = snapshot.records;
    expect(Object.values(link).filter((one) => one.kind === 'veth' && one.peer.link === null)).toEqual([]);
    expect(Object.values(endpoint).filter((one) => one.outside === null)).toEqual([]);
    expect(Object.values(publishedPort).filter((one) => one.proxy === null || one.target === null)).toEqual([]);
  });

  it('a host without an engine has its kernel all the same', () => {
    const recording = small();
    const snapshot = snapshotOf({ ...recording, docker: { endpoint: null, bodies: {} } });
    expectWhole(snapshot);
    expect(snapshot.engine).toBeNull();
    expect(Object.keys(snapshot.records.link).length).toBeGreaterThan(10);
    expect(Object.keys(snapshot.records.container)).toEqual([]);
  });

  it('an engine whose namespaces cannot be read has its containers all the same', () => {
    const snapshot = snapshotOf({ ...small(), namespaces: [] });
    expectWhole(snapshot);
    expect(Object.values(snapshot.records.container).map(({ sandbox }) => sandbox)).toEqual([null, null, null, null]);
    expect(Object.keys(snapshot.records.publishedPort)).not.toEqual([]);
  });

  it('a namespace that is listed twice counts once', () => {
    const recording = small();
    expectWhole(snapshotOf({ ...recording, namespaces: [...recording.namespaces, ...recording.namespaces] }));
  });
});

const readingKeys = [
  'links',
  'addresses',
  'routes',
  'policyRules',
  'neighbors',
  'fdb',
  'sockets',
  'sysctls',
  'iptables',
  'ip6tables',
  'iptablesLegacy',
  'nft',
  'ipsets',
] as const;

/** Any JSON, or a list of objects with keys that the parsers know and any JSON as their values. */
const nearly = fc.array(
  fc.dictionary(
    fc.constantFrom(
      'ifindex',
      'ifname',
      'flags',
      'mtu',
      'linkinfo',
      'dst',
      'dev',
      'family',
      'local',
      'priority',
      'Id',
      'mac',
    ),
    fc.jsonValue({ maxDepth: 1 }),
    { maxKeys: 8 },
  ),
  { maxLength: 4 },
);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), nearly);

/** Replaces what stands at a path, chosen by numbers, with another value. */
function disturb(value: unknown, path: readonly number[], replacement: unknown): unknown {
  const [choice, ...rest] = path;
  if (choice === undefined || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  const key = keys[choice % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  const inner: unknown = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (String(at) === key ? disturb(inner, rest, replacement) : item));
  }
  return { ...value, [key]: disturb(inner, rest, replacement) };
}

describe('what is malformed', () => {
  it('never throws, for any JSON as any reading, and leaves a whole Snapshot', () => {
    fc.assert(
      fc.property(fc.constantFrom(...readingKeys), anything, fc.boolean(), (key, value, ofHost) => {
        const recording = small();
        const text = key.startsWith('ip') || key === 'nft' ? JSON.stringify(value) : value;
        const namespaces = recording.namespaces.map((namespace, index) =>
          (index === 0) === ofHost
            ? { ...namespace, readings: { ...namespace.readings, [key]: text } as typeof namespace.readings }
            : namespace,
        );
        expectWhole(snapshotOf({ ...recording, namespaces }));
      }),
      { numRuns: 60 },
    );
  });

  it('never throws, for any JSON anywhere in the engine’s bodies', () => {
    const numbers = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(numbers, anything, (path, value) => {
        const recording = small();
        const bodies = disturb(recording.docker.bodies, path, value) as Recording['docker']['bodies'];
        if (typeof bodies !== 'object' || bodies === null || Array.isArray(bodies)) return;
        expectWhole(snapshotOf({ ...recording, docker: { ...recording.docker, bodies } }));
      }),
      { numRuns: 80 },
    );
  });

  it('never throws, for any JSON anywhere in the elements of the readings', () => {
    const numbers = fc.array(fc.nat(60), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(numbers, anything, (path, value) => {
        const recording = small();
        const [host, ...rest] = recording.namespaces;
        if (!host) return;
        const readings = disturb(host.readings, path, value) as typeof host.readings;
        let accepted: Recording;
        try {
          accepted = parseRecording({ ...recording, namespaces: [{ ...host, readings }, ...rest] });
        } catch {
          return;
        }
        expectWhole(snapshotOf(accepted));
      }),
      { numRuns: 80 },
    );
  });

  it('one element that is broken is one warning with its place and text, and the rest stands', () => {
    const recording = small();
    const [host, ...rest] = recording.namespaces;
    if (!host) throw new Error('a recording has a host');
    const broken = { family: 'inet' as const, dst: '300.1.1.1/40', dev: 'eth0' };
    const routes = [...(host.readings.routes ?? []), broken];
    const before = snapshotOf(recording);
    const after = snapshotOf({
      ...recording,
      namespaces: [{ ...host, readings: { ...host.readings, routes } }, ...rest],
    });
    expect(after.records.route).toEqual(before.records.route);
    expect(Object.values(after.records.warning)).toEqual([
      {
        type: 'warning',
        id: `warning:host/routes/[${routes.length - 1}]`,
        source: 'routes',
        sandbox: 'sandbox:host',
        where: `[${routes.length - 1}]`,
        text: JSON.stringify(broken),
        reason: 'its destination is not a prefix of its family',
      },
    ]);
    const report = after.sources.find(({ source, sandbox }) => source === 'routes' && sandbox === 'sandbox:host');
    expect(report).toMatchObject({ status: 'partial', fault: 'malformed' });
  });
});
