import { spawnSync } from 'node:child_process';
import { maskDockerBody } from '@vethscope/parse';
import { createEngineClient } from '../apps/agent/src/collect/engineClient.ts';
import { engineEndpoint } from '../apps/agent/src/collect/engineEndpoint.ts';
import { createHostReader } from '../apps/agent/src/collect/hostReader.ts';
import { createKernel } from '../apps/agent/src/host/kernel.ts';
import { runTool } from '../apps/agent/src/host/runTool.ts';
import { createSnapshotBuilder } from '../apps/agent/src/live/snapshotBuilder.ts';
import { everythingDirty, isClean } from '../apps/agent/src/watch/dirt.ts';

/*
 * Runs on a test host (see coldSnapshot.ts) and prints one line of JSON, in milliseconds: a cold Snapshot as the agent makes its first picture, with the
 * time apart in which the engine had a request of ours; the rest that is read right after (rules of the sandboxes, owners of sockets); and the
 * same facts of the kernel read by `nsenter … ip -j`, one namespace after the other, as a script would.
 */

const rounds = 5;

async function once() {
  const client = createEngineClient(engineEndpoint({ socket: null, env: process.env }));
  let pending = 0;
  let since = 0;
  let engine = 0;
  const engineClient = {
    ...client,
    get: async (path: string) => {
      if (pending++ === 0) since = performance.now();
      try {
        return await client.get(path);
      } finally {
        if (--pending === 0) engine += performance.now() - since;
      }
    },
  };
  const kernel = createKernel();
  try {
    // The thread that reads the kernel is up, as in an agent that runs; nothing of the host has been read.
    await kernel.readProxyProcesses();
    const reader = createHostReader({ kernel, engine: engineClient, runTool, isRoot: true, maskBody: maskDockerBody });
    const begin = performance.now();
    let dirt = await reader.read(everythingDirty());
    const snapshot = createSnapshotBuilder()(reader.recording());
    const picture = performance.now() - begin;
    while (!isClean(dirt)) dirt = await reader.read(dirt);
    const paths = reader.namespaces().map(({ target }) => target.opens);
    return {
      containers: Object.keys(snapshot.records.container).length,
      namespaces: paths.length,
      engine,
      own: picture - engine,
      rest: performance.now() - begin - picture,
      paths,
    };
  } finally {
    await kernel.close();
  }
}

const commands = [
  'ip -j -d -s link',
  'ip -j addr',
  'ip -j -4 route show table all',
  'ip -j -6 route show table all',
  'ip -j -4 rule',
  'ip -j -6 rule',
  'ip -j neigh',
  'bridge -j fdb',
  'ss -ltnuH',
];

function byShell(paths: readonly string[]): number {
  const begin = performance.now();
  for (const path of paths) {
    for (const command of commands) {
      const [program = '', ...words] = command.split(' ');
      const { status } = spawnSync('nsenter', [`--net=${path}`, '--', program, ...words], {
        maxBuffer: 64 * 1024 * 1024,
      });
      if (status !== 0) throw new Error(`"${command}" in ${path} ended with ${status}.`);
    }
  }
  return performance.now() - begin;
}

const samples = [];
for (let round = 0; round < rounds; round += 1) samples.push(await once());
const best = samples.sort((a, b) => a.own - b.own)[Math.floor(samples.length / 2)];
if (!best) throw new Error('No round was measured.');
const { paths, ...figures } = best;
console.log(JSON.stringify({ ...figures, shell: byShell(paths), commands: commands.length }));
