import type { Recording } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { readQuestion, tracePath } from '@vethscope/path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HostReader } from '../collect/hostReader.ts';
import { cleanDirt, dirtOf } from '../watch/dirt.ts';
import { samplePath } from './assets.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { traceHost } from './traceHost.ts';

const ruleSources = ['iptables', 'ip6tables', 'iptablesLegacy', 'ip6tablesLegacy', 'nft', 'ipsets'] as const;

/** A host that is as the recording says, whose sandboxes' rules are there once they were asked for. */
function recordedHost(recording: Recording) {
  const asked: number[] = [];
  const withoutRules = (namespace: Recording['namespaces'][number]) => {
    if (namespace.kind === 'host' || asked.includes(namespace.netns)) return namespace;
    const readings = { ...namespace.readings };
    for (const source of ruleSources) delete readings[source];
    return { ...namespace, readings };
  };
  const reader: HostReader = {
    async read(dirt) {
      if (!dirt.everything) {
        for (const key of dirt.parts.keys()) if (typeof key === 'number') asked.push(key);
        return cleanDirt();
      }
      const sandboxes = recording.namespaces.filter(({ kind }) => kind !== 'host');
      return dirtOf({
        parts: new Map(sandboxes.map(({ netns }) => [netns, new Set(['rules'] as const)])),
        owners: true,
      });
    },
    recording: () => ({ ...recording, namespaces: recording.namespaces.map(withoutRules) }),
    namespaces: () =>
      recording.namespaces.map((namespace) => ({
        target: { ...namespace, opens: '' },
        readings: namespace.readings,
        netnsIds: namespace.netnsIds,
        reports: [],
      })),
    engineAnswers: () => true,
    restingContainers: () => [],
    managesSwarm: () => false,
  };
  return { reader, asked };
}

describe('a trace of this host', () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await readRecordingFile(samplePath());
  });

  it.each([
    ['internet', 'host:8080'],
    ['internet', 'host:8083'],
    ['web', 'api:80'],
    ['web', 'example.org:443'],
    ['host', 'container:web:80'],
    ['web', '1.1.1.1:443'],
  ])(
    'from %s to %s is the one that follows from a whole reading, with the rules of few sandboxes',
    async (from, to) => {
      const { reader, asked } = recordedHost(recording);
      const words = { from, to, proto: 'tcp' };
      const { trace } = await traceHost(reader, (snapshot) => readQuestion(snapshot, words));
      const whole = snapshotOf(recording);
      expect(trace).toEqual(tracePath(whole, readQuestion(whole, words)));
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked.length).toBeLessThan(recording.namespaces.length - 1);
      const passed = trace.legs.flatMap(({ hops, reply }) => [...hops, ...reply].map(({ sandbox }) => sandbox));
      for (const sandbox of new Set(passed)) {
        if (sandbox !== 'sandbox:host') expect(asked).toContain(Number(sandbox.replace('sandbox:', '')));
      }
    },
  );

  it('passes on what is not understood', async () => {
    const { reader } = recordedHost(recording);
    const words = { from: 'nobody', to: 'host:80', proto: 'tcp' };
    await expect(traceHost(reader, (snapshot) => readQuestion(snapshot, words))).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
