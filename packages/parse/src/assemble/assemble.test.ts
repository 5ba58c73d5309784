import { readFixture } from '@vethscope/fixtures';
import { diffSnapshots, isEmptyDiff, type Recording, recordTypes } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { ownerContextOf } from '../ownerContextOf.ts';
import { parseEngine } from '../parseEngine.ts';
import { parseNamespace } from '../parseNamespace.ts';
import { parseRecording } from '../parseRecording.ts';
import { type AssembleInput, assemble } from './assemble.ts';

function inputOf(recording: Recording): AssembleInput {
  const engine = parseEngine(recording.docker.bodies);
  return {
    readAt: recording.takenAt,
    host: recording.host,
    endpoint: recording.docker.endpoint,
    namespaces: recording.namespaces.map((namespace) => parseNamespace(namespace, ownerContextOf(engine))),
    engine,
    processes: recording.processes,
    containerFiles: recording.containerFiles,
    sources: recording.sources,
  };
}

const recording = () => parseRecording(readFixture('docker-28.5-iptables-nft'));

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('assemble', () => {
  it('does not change what it is given', () => {
    const input = deepFreeze(inputOf(recording()));
    expect(() => assemble({ ...input, previous: deepFreeze(assemble(input)) })).not.toThrow();
  });

  it('takes what nothing joined as the same object', () => {
    const input = inputOf(recording());
    const snapshot = assemble(input);
    for (const { rules, routes } of input.namespaces) {
      for (const rule of rules) expect(snapshot.records.rule[rule.id]).toBe(rule);
      for (const route of routes) expect(snapshot.records.route[route.id]).toBe(route);
    }
  });

  it('after everything was read again and is as before, every table is the one of the previous Snapshot', () => {
    const previous = assemble(inputOf(recording()));
    const next = assemble({ ...inputOf(recording()), previous });
    for (const type of recordTypes) expect(next.records[type]).toBe(previous.records[type]);
    expect(isEmptyDiff(diffSnapshots(previous, next))).toBe(true);
  });

  it('after one container is gone, the records of the others are the same objects', () => {
    const input = inputOf(recording());
    const previous = assemble(input);
    const gone = input.namespaces.find(({ sandbox }) => previous.records.sandbox[sandbox.id]?.name === 'api');
    const next = assemble({ ...input, namespaces: input.namespaces.filter((one) => one !== gone), previous });
    const diff = diffSnapshots(previous, next);
    expect(diff.added).toEqual([]);
    // The container, its endpoint, its port and the host's end of its veth have lost their other half.
    expect(diff.updated.map(({ type }) => type).sort()).toEqual(['container', 'endpoint', 'link', 'publishedPort']);
    expect(new Set(diff.removed.map(({ id }) => id.replace(/^[^:]*:(\d+).*$/, '$1')))).toEqual(
      new Set([String(gone?.sandbox.netns)]),
    );
    expect(next.records.network).toBe(previous.records.network);
  });

  it('an engine that does not say whether it uses docker-proxy is seen to', () => {
    const input = inputOf(recording());
    expect(assemble(input).engine?.userlandProxy).toBe(true);
    expect(assemble({ ...input, processes: [] }).engine?.userlandProxy).toBe(false);
    expect(assemble({ ...input, processes: [], sources: [] }).engine?.userlandProxy).toBeNull();
  });

  it('without the host’s rules nothing says which iptables the engine uses', () => {
    const { namespaces, ...rest } = inputOf(recording());
    const bare = namespaces.map((one) => ({ ...one, tables: [], chains: [], rules: [] }));
    expect(assemble({ ...rest, namespaces: bare }).engine?.firewall).toBeNull();
  });
});
