import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { type SourceName, sameValue } from '@vethscope/model';
import { maskDockerBody, snapshotOf } from '@vethscope/parse';
import { describe, expect, it, vi } from 'vitest';
import type { Kernel } from '../host/kernel.ts';
import type { ToolResult } from '../host/runTool.ts';
import { dirtOf, everythingDirty, isClean, partsDirty } from '../watch/dirt.ts';
import { collectRecording } from './collectRecording.ts';
import { createEngineClient } from './engineClient.ts';
import { createHostReader, type HostReader } from './hostReader.ts';
import { SourceFailure } from './sourceFailure.ts';
import { fails, hangs, startTestEngine, type TestEngine } from './testEngine.ts';

const lo = { ifindex: 1, ifname: 'lo', flags: ['UP'], mtu: 65536, operstate: 'UNKNOWN' };

/** A kernel in which every namespace has a loopback and nothing else. */
function testKernel(): Kernel & { down: boolean; readings: number } {
  const kernel = {
    down: false,
    readings: 0,
    async readNamespaces({ requests }: Parameters<Kernel['readNamespaces']>[0]) {
      if (kernel.down) return { unavailable: true, fault: 'unsupported', reason: 'koffi did not load' } as const;
      kernel.readings += requests.length;
      return requests.map(({ path, netns, wanted }) => ({
        path,
        netns: netns ?? 1,
        readings: Object.fromEntries(
          wanted.map((source) => [source, source === 'links' ? [lo] : source === 'sysctls' ? {} : []]),
        ),
        netnsIds: {},
        failures: [],
        tookMicroseconds: 100,
      }));
    },
    listRuleTables: async (namespaces: unknown[]) => namespaces.map(() => ({ tables: [], generation: 1 })),
    readProxyProcesses: async () => [],
    findSocketOwners: async () => ({ owners: {}, doubtful: [], partial: false }),
    watch: () => () => {},
    deafTo: () => [],
    close: async () => {},
  };
  return kernel;
}

const bodies = {
  '/info': { ID: 'x' },
  '/networks': [{ Id: 'n1', Name: 'bridge', Driver: 'bridge' }],
  '/networks/n1': { Id: 'n1', Name: 'bridge', Driver: 'bridge', Containers: {} },
  '/containers/json?all=1': [{ Id: 'c1' }, { Id: 'c2' }],
  '/containers/c1/json': { Id: 'c1', Name: '/one', State: { Pid: 0, Status: 'exited' } },
  '/containers/c2/json': { Id: 'c2', Name: '/two', State: { Pid: 0, Status: 'exited' } },
};

function readerOf(engine: TestEngine | SourceFailure, kernel: Kernel): HostReader {
  return createHostReader({
    kernel,
    engine: engine instanceof SourceFailure ? engine : createEngineClient(engine.endpoint, 200),
    runTool: async () => ({ kind: 'ok', stdout: '', tookMs: 1 }),
    isRoot: true,
    maskBody: (body) => body,
  });
}

const reportOf = (reader: HostReader, name: SourceName) =>
  reader.recording().sources.find(({ source }) => source === name);
const paths = (reader: HostReader) => Object.keys(reader.recording().docker.bodies).sort();

describe('one failing source leaves the others standing:', () => {
  it('an engine that hangs', async () => {
    await using engine = await startTestEngine({ ...bodies, '/info': hangs });
    const reader = readerOf(engine, testKernel());
    await reader.read(everythingDirty());
    expect(reportOf(reader, 'docker')).toMatchObject({ status: 'failed', fault: 'timeout', fix: expect.any(String) });
    expect(reader.recording().namespaces[0]?.readings.links).toEqual([lo]);
    expect(reportOf(reader, 'links')).toMatchObject({ status: 'ok' });
  });

  it('no engine at all', async () => {
    const reader = readerOf(new SourceFailure('unsupported', 'It is elsewhere.', 'Go there.'), testKernel());
    await reader.read(everythingDirty());
    expect(reportOf(reader, 'docker')).toMatchObject({
      fault: 'unsupported',
      reason: 'It is elsewhere.',
      fix: 'Go there.',
    });
    expect(reader.recording().namespaces).toHaveLength(1);
  });

  it('a kernel that cannot be asked', async () => {
    await using engine = await startTestEngine(bodies);
    const kernel = testKernel();
    kernel.down = true;
    const reader = readerOf(engine, kernel);
    await reader.read(everythingDirty());
    expect(reportOf(reader, 'docker')).toMatchObject({ status: 'ok' });
    expect(reportOf(reader, 'links')).toMatchObject({
      status: 'failed',
      fault: 'unsupported',
      reason: 'koffi did not load',
    });
    expect(reader.recording().namespaces[0]?.readings.links).toBeUndefined();
    expect(reader.recording().namespaces[0]?.readings.iptables).toBe('');
  });

  it('a container that goes between listing and asking', async () => {
    await using engine = await startTestEngine({ ...bodies, '/containers/c1/json': undefined });
    const reader = readerOf(engine, testKernel());
    await reader.read(everythingDirty());
    expect(reportOf(reader, 'docker')).toMatchObject({ status: 'ok' });
    expect(reader.recording().docker.bodies['/containers/json?all=1']).toEqual([{ Id: 'c2' }]);
  });
});

describe('who holds a socket', () => {
  /** A kernel in which a child of dockerd, on its way to another program, is seen in so many searches. */
  function forkingKernel(searches: number) {
    const kernel = testKernel();
    let left = searches;
    return Object.assign(kernel, {
      searches: 0,
      async readNamespaces(batch: Parameters<Kernel['readNamespaces']>[0]) {
        const results = await testKernel().readNamespaces(batch);
        if ('unavailable' in results) return results;
        const sockets = [{ inode: 7, processes: null }] as never;
        return results.map((result) => ({ ...result, readings: { ...result.readings, sockets } }));
      },
      async findSocketOwners() {
        this.searches += 1;
        const doubtful = left-- > 0 ? [7] : [];
        return { owners: { 7: [{ pid: 31, name: 'dockerd' }] }, doubtful, partial: false };
      },
    });
  }

  it('is looked at again by itself while it is in doubt', async () => {
    const reader = readerOf(new SourceFailure('notRunning', 'None.'), forkingKernel(1));
    let dirt = await reader.read(everythingDirty());
    dirt = await reader.read(dirt);
    expect(dirt.owners).toBe(true);
    expect(isClean(await reader.read(dirt))).toBe(true);
  });

  it('is waited for in a whole Recording, but not for ever', async () => {
    const [settles, never] = [forkingKernel(2), forkingKernel(1_000)];
    await collectRecording(readerOf(new SourceFailure('notRunning', 'None.'), settles));
    const recording = await collectRecording(readerOf(new SourceFailure('notRunning', 'None.'), never));
    expect(settles.searches).toBe(3);
    expect(never.searches).toBeLessThan(10);
    expect(recording.namespaces[0]?.readings.sockets?.[0]?.processes).toEqual([{ pid: 31, name: 'dockerd' }]);
  });
});

describe.skipIf(process.geteuid?.() !== 0)("a sandbox's rules", () => {
  it('are printed again when one changed or their counters are wanted, not else', async () => {
    const inside = spawn('unshare', ['--net', 'sleep', '60'], { stdio: 'ignore' });
    try {
      const own = statSync('/proc/self/ns/net').ino;
      const netns = () => statSync(`/proc/${inside.pid}/ns/net`).ino;
      await vi.waitFor(() => expect(netns()).not.toBe(own), { timeout: 5_000 });
      const container = { Id: 'c1', Name: '/one', State: { Pid: inside.pid, Status: 'running', Running: true } };
      await using engine = await startTestEngine({
        ...bodies,
        '/containers/json?all=1': [{ Id: 'c1' }],
        '/containers/c1/json': container,
      });
      let generation = 1;
      const kernel: Kernel = {
        ...testKernel(),
        async listRuleTables(namespaces) {
          const tables = [{ family: 'ip', name: 'nat', use: 1 }];
          return namespaces.map(() => ({ tables, generation }) as never);
        },
      };
      const printed: string[] = [];
      let whilePrinting: (() => Promise<ToolResult>) | null = null;
      const reader = createHostReader({
        kernel,
        engine: createEngineClient(engine.endpoint, 1_000),
        async runTool({ argv, namespacePath }) {
          if (namespacePath !== undefined) {
            printed.push(argv[0]);
            if (whilePrinting) return whilePrinting();
          }
          return { kind: 'ok', stdout: '*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n', tookMs: 1 };
        },
        isRoot: true,
        maskBody: null,
      });
      await collectRecording(reader);
      expect(printed.splice(0)).toEqual(['iptables-save']);
      const again = partsDirty(netns(), ['rules']);
      await reader.read(again);
      expect(printed).toEqual([]);
      await reader.read(dirtOf({ ruleCounters: new Set([netns(), 4_711]) }));
      expect(printed.splice(0)).toEqual(['iptables-save']);
      generation = 2;
      await reader.read(again);
      expect(printed).toEqual(['iptables-save']);

      // The container ends while its rules are printed.
      const key = netns();
      whilePrinting = async () => {
        if (inside.signalCode === null) {
          inside.kill('SIGKILL');
          await once(inside, 'exit');
        }
        return { kind: 'exited', code: 1, stderr: 'cannot enter', tookMs: 1 };
      };
      await reader.read(dirtOf({ ruleCounters: new Set([key]) }));
      expect(reader.recording().sources.filter(({ sandbox }) => sandbox === `sandbox:${key}`)).toEqual([]);
      await reader.read(dirtOf({ namespaces: true }));
      expect(reader.namespaces().map(({ target }) => target.kind)).toEqual(['host']);
    } finally {
      inside.kill('SIGKILL');
    }
  });
});

describe('reading again', () => {
  it('asks for what is dirty and nothing else', async () => {
    await using engine = await startTestEngine(bodies);
    const kernel = testKernel();
    const reader = readerOf(engine, kernel);
    await reader.read(everythingDirty());
    engine.asked.length = 0;
    kernel.readings = 0;
    await reader.read(dirtOf({ containers: new Set(['c1']) }));
    expect(engine.asked.map(({ path }) => path)).toEqual(['/v1.41/containers/c1/json']);
    expect(kernel.readings).toBe(0);
    await reader.read(partsDirty('host', ['routes']));
    expect(engine.asked).toHaveLength(1);
    expect(kernel.readings).toBe(1);
  });

  it('leaves the same objects where nothing changed', async () => {
    await using engine = await startTestEngine(bodies);
    const reader = readerOf(engine, testKernel());
    const first = await collectRecording(reader);
    const second = await collectRecording(reader);
    expect(second.namespaces[0]).toBe(first.namespaces[0]);
    expect(second.docker.bodies).toBe(first.docker.bodies);
    expect(sameValue(second.sources, first.sources)).toBe(true);
  });

  it('takes out what is gone, and takes in what came', async () => {
    await using engine = await startTestEngine(bodies);
    const reader = readerOf(engine, testKernel());
    await reader.read(everythingDirty());
    engine.answers['/containers/c1/json'] = undefined;
    engine.answers['/containers/c3/json'] = { Id: 'c3', Name: '/three', State: { Pid: 0 } };
    await reader.read(dirtOf({ containers: new Set(['c1', 'c3']) }));
    expect(paths(reader).filter((path) => /^\/containers\/c/.test(path))).toEqual([
      '/containers/c2/json',
      '/containers/c3/json',
    ]);
  });

  it('keeps the last answers of an engine that stops answering, and says so; then reads all of it again', async () => {
    await using engine = await startTestEngine(bodies);
    const reader = readerOf(engine, testKernel());
    await reader.read(everythingDirty());
    const before = paths(reader);
    engine.answers['/containers/c1/json'] = fails;
    await reader.read(dirtOf({ containers: new Set(['c1']) }));
    expect(reportOf(reader, 'docker')).toMatchObject({ status: 'failed', fault: 'refused' });
    expect(paths(reader)).toEqual(before);

    engine.answers['/containers/c1/json'] = bodies['/containers/c1/json'];
    engine.asked.length = 0;
    await reader.read(dirtOf({ networks: new Set(['n1']) }));
    expect(reportOf(reader, 'docker')).toMatchObject({ status: 'ok' });
    expect(engine.asked.map(({ path }) => path)).toContain('/v1.41/containers/json?all=1');
  });

  it('finds an engine that comes later', async () => {
    await using engine = await startTestEngine({ ...bodies, '/version': hangs });
    const reader = readerOf(engine, testKernel());
    await reader.read(everythingDirty());
    expect(reader.engineAnswers()).toBe(false);
    engine.answers['/version'] = { ApiVersion: '1.41', MinAPIVersion: '1.12' };
    await reader.read(everythingDirty());
    expect(reader.engineAnswers()).toBe(true);
  });
});

it('asks the engine by GET alone, whatever is read', async () => {
  await using engine = await startTestEngine({
    ...bodies,
    '/info': { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
    '/services': [],
    '/tasks': [],
    '/nodes': [],
  });
  const reader = readerOf(engine, testKernel());
  await collectRecording(reader);
  await reader.read(dirtOf({ swarm: true, engine: true, networks: new Set(['n1']), containers: new Set(['c2']) }));
  expect(new Set(engine.asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(paths(reader)).toEqual(expect.arrayContaining(['/services', '/tasks', '/nodes']));
});

it('lets no secret of a container into what it keeps', async () => {
  const secret = 'correct horse battery staple';
  await using engine = await startTestEngine({
    ...bodies,
    '/containers/c1/json': {
      Id: 'c1',
      Name: '/one',
      State: { Pid: 0 },
      Config: {
        Env: [`DB_PASSWORD=${secret}`, `HARMLESS=${secret}`],
        Cmd: ['serve', `--token=${secret}`],
        Labels: { 'my.api-key': secret, note: `postgres://me:${secret.replaceAll(' ', '-')}@db/` },
      },
    },
  });
  const reader = createHostReader({
    kernel: testKernel(),
    engine: createEngineClient(engine.endpoint, 200),
    runTool: async () => ({ kind: 'ok', stdout: '', tookMs: 1 }),
    isRoot: true,
    maskBody: maskDockerBody,
  });
  const recording = await collectRecording(reader);
  const text = JSON.stringify([recording, snapshotOf(recording)]);
  expect(recording.masked).toBe(true);
  expect(text).toContain('DB_PASSWORD=');
  expect(text).not.toContain('horse');
});
