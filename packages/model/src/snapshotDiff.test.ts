import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from './records/sandbox.ts';
import type { Socket } from './records/socket.ts';
import type { Warning } from './records/warning.ts';
import { type AnyRecord, emptyRecords, type Snapshot } from './snapshot.ts';
import { applyDiff, diffSnapshots, isEmptyDiff, SnapshotDiff, sameValue } from './snapshotDiff.ts';

/* Few ids and few values, so that two Snapshots have records in common, changed ones and others. */
const few = fc.integer({ min: 1, max: 6 });
const word = fc.constantFrom('a', 'b', '__proto__', 'é "quoted"\n', '');

const sandbox: fc.Arbitrary<Sandbox> = fc.record({
  type: fc.constant('sandbox' as const),
  id: few.map((inode) => `sandbox:${inode}`),
  netns: few,
  kind: fc.constantFrom('host', 'container', 'docker'),
  name: word,
  path: fc.option(word),
  pid: fc.option(few),
  containers: fc.array(word, { maxLength: 2 }),
});

const socket: fc.Arbitrary<Socket> = fc.record({
  type: fc.constant('socket' as const),
  id: few.map((inode) => `socket:host/${inode}`),
  sandbox: fc.constant('sandbox:host'),
  protocol: fc.constantFrom('tcp', 'udp'),
  family: fc.constantFrom(4, 6),
  address: word,
  port: few,
  v6only: fc.option(fc.boolean()),
  boundTo: fc.option(word),
  inode: few,
  uid: fc.option(few),
  processes: fc.option(fc.array(fc.record({ pid: few, name: word }), { maxLength: 2 })),
});

const warning: fc.Arbitrary<Warning> = fc.record({
  type: fc.constant('warning' as const),
  id: few.map((number) => `warning:/docker/${number}`),
  source: fc.constantFrom('docker', 'links'),
  sandbox: fc.option(fc.constant('sandbox:host')),
  where: word,
  text: word,
  reason: word,
});

function tableOf<T extends AnyRecord>(records: readonly T[]): Record<string, T> {
  return Object.fromEntries(records.map((record) => [record.id, record]));
}

const snapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    second: fc.integer({ min: 0, max: 59 }),
    hostname: word,
    version: fc.option(word),
    reports: fc.array(word, { maxLength: 2 }),
    sandboxes: fc.array(sandbox, { maxLength: 6 }),
    sockets: fc.array(socket, { maxLength: 6 }),
    warnings: fc.array(warning, { maxLength: 6 }),
  })
  .map(({ second, hostname, version, reports, sandboxes, sockets, warnings }): Snapshot => {
    const readAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    return {
      readAt,
      host: { hostname, kernel: null, os: null, architecture: null },
      engine:
        version === null
          ? null
          : {
              endpoint: null,
              version,
              apiVersion: '1.51',
              firewall: null,
              swarm: 'inactive',
              swarmManager: false,
              rootless: false,
              liveRestore: false,
              userlandProxy: null,
            },
      sources: reports.map((reason) => ({
        source: 'links',
        sandbox: null,
        status: 'failed',
        fault: 'exited',
        reason,
        fix: null,
        tookMs: null,
      })),
      records: {
        ...emptyRecords(),
        sandbox: tableOf(sandboxes),
        socket: tableOf(sockets),
        warning: tableOf(warnings),
      },
      counters: { at: readAt, links: {}, rules: {} },
    };
  });

function withoutCounters({ counters: _counters, ...rest }: Snapshot): Omit<Snapshot, 'counters'> {
  return rest;
}

const key = ({ type, id }: { type: string; id: string }) => `${type} ${id}`;

describe('diffSnapshots and applyDiff', () => {
  it('[D1] the difference applied to the first gives the second, counters aside', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        expect(withoutCounters(applyDiff(a, diffSnapshots(a, b)))).toEqual(withoutCounters(b));
      }),
    );
  });

  it('[D1] holds after the difference went over the wire', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        const received = SnapshotDiff.parse(JSON.parse(JSON.stringify(diffSnapshots(a, b))));
        expect(withoutCounters(applyDiff(a, received))).toEqual(withoutCounters(b));
      }),
    );
  });

  it('[D1] leaves the Snapshot before as it was, and shares what the difference does not touch', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        const before = structuredClone(a);
        const after = applyDiff(a, diffSnapshots(a, { ...b, records: { ...b.records, socket: a.records.socket } }));
        expect(a).toEqual(before);
        expect(after.records.socket).toBe(a.records.socket);
      }),
    );
  });

  it('[D2] a Snapshot has no difference to itself, nor to a copy of itself', () => {
    fc.assert(
      fc.property(snapshot, (a) => {
        expect(isEmptyDiff(diffSnapshots(a, a))).toBe(true);
        expect(isEmptyDiff(diffSnapshots(a, structuredClone(a)))).toBe(true);
      }),
    );
  });

  it('[D3] a record is added, updated or removed, and never two of these', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        const { added, updated, removed } = diffSnapshots(a, b);
        const keys = [...added, ...updated, ...removed].map(key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('[D3] an updated record is the whole record of the second', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        for (const record of diffSnapshots(a, b).updated) expect(b.records[record.type][record.id]).toBe(record);
      }),
    );
  });
});

describe('sameValue', () => {
  it('agrees with the equality of JSON texts of the same key order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sameValue(a, structuredClone(a))).toBe(true);
        if (JSON.stringify(a) !== JSON.stringify(b)) return;
        expect(sameValue(a, b) || JSON.stringify(a).includes('0')).toBe(true);
      }),
    );
  });

  it('does not take an array for an object, nor a missing key for an undefined one', () => {
    expect(sameValue([], {})).toBe(false);
    expect(sameValue({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
  });
});
