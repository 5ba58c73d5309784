import type { Snapshot } from '@vethscope/model';
import { agentSnapshot } from './agentSnapshot.ts';
import { compareTopology } from './compareTopology.ts';
import { differenceText, factKinds } from './facts.ts';
import { makeTraffic } from './makeTraffic.ts';
import { clearStorm, runStorm } from './storm.ts';
import type { TestHost } from './testHost.ts';
import { wrongSnapshots } from './wrongSnapshots.ts';
import { createZoo, zooContainers } from './zoo.ts';

/** A promise that is held against a real engine. `run` gives a word on what it saw, and throws where the promise is broken. */
export interface EngineCheck {
  name: string;
  run(host: TestHost): Promise<string>;
}

/** In this order, on one host: each finds what the ones before have left. */
export const engineChecks: readonly EngineCheck[] = [
  { name: 'the engine is of its generation and writes its rules where it should', run: checkGeneration },
  { name: 'the zoo stands', run: checkZoo },
  { name: 'vethscope reads every source', run: checkSources },
  { name: 'the Snapshot is what the tools say', run: checkTopology },
  { name: 'a Snapshot that is wrong is found out', run: checkJudge },
  { name: 'vethscope changes nothing', run: checkHarmless },
  { name: 'after a storm of 40 steps the Snapshot is what the tools say', run: checkStorm },
];

async function checkGeneration(host: TestHost): Promise<string> {
  const { Version } = await host.docker.version();
  if (!Version.startsWith(host.engine)) {
    throw new Error(
      `The engine calls itself ${Version}, not ${host.engine}: its Debian suite has moved on. Add the new generation to the lab's engines.`,
    );
  }
  const other = host.iptables === 'nft' ? 'iptables-legacy-save' : 'iptables-nft-save';
  const [tool, own, others] = await Promise.all([
    host.exec(['iptables', '--version']),
    host.exec(['iptables-save', '-t', 'nat']),
    host.tryExec([other, '-t', 'nat']),
  ]);
  if (!own.includes('-j DOCKER\n')) throw new Error(`There are no rules of Docker's in ${tool.trim()}:\n${own}`);
  if (others.stdout.includes('-j DOCKER\n'))
    throw new Error(`${other} has rules of Docker's too, and should have none:\n${others.stdout}`);
  return `${Version}, ${tool.trim()}`;
}

async function checkZoo(host: TestHost): Promise<string> {
  await createZoo(host);
  const listed = await host.docker.listContainers({ all: true });
  const wanted = zooContainers(host);
  for (const { name, finally: end } of wanted) {
    const state = listed.find(({ Names }) => Names.includes(`/${name}`))?.State;
    const expected = end === 'stop' ? 'exited' : end === 'pause' ? 'paused' : 'running';
    if (state !== expected) throw new Error(`"${name}" is ${state ?? 'not there'} and should be ${expected}.`);
  }
  await makeTraffic(host);
  return `${wanted.length} containers`;
}

async function checkSources(host: TestHost): Promise<string> {
  const { sources, records } = await agentSnapshot(host);
  const bad = sources.filter(({ status }) => status === 'failed' || status === 'partial');
  if (bad.length > 0) throw new Error(bad.map((report) => JSON.stringify(report)).join('\n'));
  const warnings = Object.values(records.warning);
  if (warnings.length > 0)
    throw new Error(`${warnings.length} readings were not understood, as: ${JSON.stringify(warnings[0])}`);
  return `${sources.length} sources, ${Object.keys(records.rule).length} rules`;
}

async function checkTopology(host: TestHost): Promise<string> {
  const { facts, differences } = await compareTopology(host);
  if (differences.length > 0)
    throw new Error(`${differences.length} differences:\n${differences.map(differenceText).join('\n')}`);
  return `${factKinds.reduce((sum, kind) => sum + facts.count(kind), 0)} facts`;
}

/** The comparison is worth as much as it notices: each of these faults must be found, and be the only one that is. */
async function checkJudge(host: TestHost): Promise<string> {
  const { snapshot, judge } = await compareTopology(host);
  for (const { name, spoil, kinds } of wrongSnapshots) {
    const wrong = structuredClone(snapshot);
    spoil(wrong);
    const found = judge(wrong);
    const seen = [...new Set(found.map(({ kind }) => kind))].sort();
    if (seen.join() !== [...kinds].sort().join()) {
      throw new Error(
        `With ${name}, differences in "${kinds.join(', ')}" should be found; these were: ${seen.join(', ') || 'none'}.`,
      );
    }
  }
  return `${wrongSnapshots.length} faults`;
}

/** Everything that vethscope could have changed, without counters and ages. */
const whatItCouldChange = `
for tool in iptables ip6tables iptables-legacy ip6tables-legacy; do $tool-save 2>/dev/null | sed -e '/^#/d' -e 's/\\[[0-9]*:[0-9]*\\]//'; done
ip -o addr show | sed 's/valid_lft.*//'
ip route show table all
ip rule
sysctl -a -r '^net[.](ipv4[.](conf|ip_forward)|ipv6[.]conf|bridge)' 2>/dev/null
ls /run/docker/netns
`;

async function checkHarmless(host: TestHost): Promise<string> {
  const state = () => host.exec(['sh', '-c', whatItCouldChange]);
  const before = await state();
  await agentSnapshot(host);
  const after = await state();
  if (before === after) return `${before.split('\n').length} lines of state`;
  const had = new Set(before.split('\n'));
  const added = after.split('\n').filter((line) => !had.has(line));
  throw new Error(
    `The host's network is not as it was before vethscope looked at it. New:\n${added.join('\n') || '(nothing: something is missing)'}`,
  );
}

async function checkStorm(host: TestHost): Promise<string> {
  // Another seed for each generation, and the same one on every run.
  const seed = Number(host.engine.replace('.', ''));
  const before: Snapshot = await agentSnapshot(host);
  await runStorm(host, { seed, steps: 40 });
  const seen = await checkTopology(host);
  await clearStorm(host);
  const left =
    Object.keys((await agentSnapshot(host)).records.container).length - Object.keys(before.records.container).length;
  if (left !== 0) throw new Error(`${left} containers of the storm are still in the Snapshot after they were removed.`);
  return `seed ${seed}, ${seen}`;
}
