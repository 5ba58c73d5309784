import { type FixtureName, fixtureNames, readFixture, syntheticRecording } from '@vethscope/fixtures';
import type { QuestionInput, Snapshot } from '@vethscope/model';
import { Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grammarFaults, tracePath } from './index.ts';

const known = new Map<FixtureName, Snapshot>();

function snapshotNamed(name: FixtureName): Snapshot {
  const snapshot = known.get(name) ?? snapshotOf(parseRecording(readFixture(name)));
  known.set(name, snapshot);
  return snapshot;
}

/** Any question about a recorded host: who is there, who is not, every address of any namespace, ports with and without a server. */
function questions(snapshot: Snapshot): fc.Arbitrary<QuestionInput> {
  const names = [...Object.values(snapshot.records.container).map(({ name }) => name), 'nobody'];
  const addresses = [
    ...new Set(Object.values(snapshot.records.address).map(({ address }) => address)),
    '198.18.0.254',
    '203.0.113.9',
    '255.255.255.255',
    '224.0.0.1',
    '2001:db8:1::fe',
    'ff02::1',
    'no address',
  ];
  const port = fc.constantFrom(80, 53, 8080, 8081, 9090, 7000, 18001, 65535);
  const from: fc.Arbitrary<QuestionInput['from']> = fc.oneof(
    fc.constantFrom<QuestionInput['from']>({ kind: 'host' }, { kind: 'internet' }),
    fc.constantFrom(...names).map((name) => ({ kind: 'container' as const, name })),
    fc.constantFrom(...addresses).map((address) => ({ kind: 'address' as const, address })),
  );
  const to: fc.Arbitrary<QuestionInput['to']> = fc.oneof(
    port.map((one) => ({ kind: 'host' as const, port: one })),
    fc.tuple(fc.constantFrom(...names), port).map(([name, one]) => ({ kind: 'container' as const, name, port: one })),
    fc
      .tuple(fc.constantFrom(...names, 'localhost', 'example.org'), port)
      .map(([name, one]) => ({ kind: 'name' as const, name, port: one })),
    fc
      .tuple(fc.constantFrom(...addresses), port)
      .map(([address, one]) => ({ kind: 'address' as const, address, port: one })),
  );
  return fc.record({
    from,
    to,
    protocol: fc.constantFrom('tcp', 'udp', 'icmp', 'sctp'),
    family: fc.constantFrom(null, 4, 6),
  });
}

describe('a trace of any question', () => {
  for (const name of fixtureNames) {
    it(`${name}: keeps the grammar and its schema, and its end is its last leg's`, () => {
      const snapshot = snapshotNamed(name);
      fc.assert(
        fc.property(questions(snapshot), (question) => {
          const trace = tracePath(snapshot, question);
          expect(grammarFaults(trace)).toEqual([]);
          expect(Trace.safeParse(trace).error).toBeUndefined();
        }),
        { numRuns: 250 },
      );
    });

    it(`${name}: is the same with every rule tried and with long chains asked by index`, () => {
      const snapshot = snapshotNamed(name);
      fc.assert(
        fc.property(questions(snapshot), (question) => {
          const naive = tracePath(snapshot, question, { indexed: false });
          const indexed = tracePath(snapshot, question);
          expect(indexed.disposition).toBe(naive.disposition);
          expect(indexed.legs.map(({ matchedRules }) => matchedRules)).toEqual(
            naive.legs.map(({ matchedRules }) => matchedRules),
          );
        }),
        { numRuns: 100 },
      );
    });

    it(`${name}: every pair of ends is answered`, () => {
      const snapshot = snapshotNamed(name);
      const containers = Object.values(snapshot.records.container).map(({ name: own }) => own);
      const from: QuestionInput['from'][] = [
        { kind: 'host' },
        { kind: 'internet' },
        ...containers.map((own) => ({ kind: 'container' as const, name: own })),
      ];
      for (const sender of from) {
        for (const target of containers) {
          for (const to of [
            { kind: 'container' as const, name: target, port: 80 },
            { kind: 'name' as const, name: target, port: 80 },
          ]) {
            const trace = tracePath(snapshot, { from: sender, to, protocol: 'tcp' });
            // Nothing in these recordings depends on more than the snapshot, but names that only a server outside knows.
            if (trace.disposition === 'unknown') expect(trace.cause.code).toBe('name-outside');
          }
        }
      }
    });
  }
});

describe('a host of many rules', () => {
  const recording = syntheticRecording({ containers: 120, networks: 8, portsPerContainer: 4, seed: 7 });
  const snapshot = snapshotOf(parseRecording(JSON.parse(JSON.stringify(recording))));
  const ports = Object.values(snapshot.records.publishedPort).flatMap(({ hostPort }) =>
    hostPort === null ? [] : [hostPort],
  );
  const names = Object.values(snapshot.records.container).map(({ name }) => name);

  it('has chains that are asked by index', () => {
    expect(Math.max(...Object.values(snapshot.records.chain).map(({ rules }) => rules.length))).toBeGreaterThan(64);
  });

  it('[P1] the index finds what trying every rule finds', () => {
    const from = fc.oneof(
      fc.constantFrom<QuestionInput['from']>({ kind: 'host' }, { kind: 'internet' }),
      fc.constantFrom(...names).map((name) => ({ kind: 'container' as const, name })),
    );
    const to = fc.oneof(
      fc.constantFrom(...ports).map((port) => ({ kind: 'host' as const, port })),
      fc
        .tuple(fc.constantFrom(...names), fc.constantFrom(80, 443, 8080))
        .map(([name, port]) => ({ kind: 'container' as const, name, port })),
    );
    fc.assert(
      fc.property(fc.record({ from, to, protocol: fc.constantFrom('tcp', 'udp', 'icmp') }), (question) => {
        const naive = tracePath(snapshot, question, { indexed: false });
        const indexed = tracePath(snapshot, question);
        expect(grammarFaults(indexed)).toEqual([]);
        expect(indexed.disposition).toBe(naive.disposition);
        expect(indexed.blockers).toEqual(naive.blockers);
        expect(indexed.legs.map(({ matchedRules }) => matchedRules)).toEqual(
          naive.legs.map(({ matchedRules }) => matchedRules),
        );
      }),
      { numRuns: 400 },
    );
  });
});
