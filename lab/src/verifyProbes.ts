import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inParallel } from './load.ts';
import { startTestServers } from './paths/testServers.ts';
import { kernelRelease } from './paths/verifyKind.ts';
import { zooPlaces } from './paths/zooPlaces.ts';
import { zooQuestions } from './paths/zooQuestions.ts';
import { repositoryRoot } from './paths.ts';
import { figuresOf, type ProbeFigures, withFigures } from './probes/probeFigures.ts';
import { type ProbedQuestion, probedText, probeQuestions } from './probes/probeZoo.ts';
import { chosenKinds, kindName, type TestEngineKind } from './testEngineKinds.ts';
import { startTestHost } from './testHost.ts';
import { createZoo } from './zoo.ts';

/*
 * npm run verify:probes [-- WORD ...] [--write]
 *
 * On each engine of the lab: every question about the zoo that a probe can ask (from the host and from containers), by `vethscope probe`. What it observed is
 * to be as it predicted, as `nft monitor trace` heard it, and its table gone from every namespace. Prints the agreement, and each difference in full. The
 * last line is "N passed, N failed", in engines. --write writes the figures into docs/probe.md.
 */

const document = join(repositoryRoot, 'docs/probe.md');

async function verifyKind(kind: TestEngineKind): Promise<ProbedQuestion[]> {
  await using host = await startTestHost(kind);
  await createZoo(host);
  await host.lan.route('fd00:6::/64', host.ipv6);
  // The kernel sends few ICMP errors a second to one machine; the lab asks for many.
  await host.exec(['sysctl', '-qw', 'net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0']);
  const places = await zooPlaces(host);
  await using _servers = await startTestServers(host, places);
  const before = await tablesOf(host, places.pids);
  const questions = zooQuestions(host, places).filter(({ from }) => from === 'host' || from.startsWith('container:'));
  const probed = await probeQuestions(host, questions);
  const differing = probed.filter(({ faults }) => faults.length > 0).map(({ question }) => question);
  // An answer that comes late on a busy machine looks like a drop: what differs is asked once more, with the machine at rest.
  const again = differing.length === 0 ? [] : await probeQuestions(host, differing);
  const after = await tablesOf(host, places.pids);
  if (after !== before) throw new Error(`Tables are left:\n${after}\nBefore there were:\n${before}`);
  return probed.map((each) => again.find(({ question }) => question === each.question) ?? each);
}

/** The names of all tables of the host and of its containers, as nft lists them. */
async function tablesOf(
  host: { exec(argv: readonly string[]): Promise<string>; iptables: string },
  pids: ReadonlyMap<string, number>,
): Promise<string> {
  const own = await host.exec(['nft', 'list', 'tables']);
  const others = await Promise.all(
    [...pids].map(
      async ([name, pid]) =>
        `${name}: ${await host.exec(['nsenter', '-t', String(pid), '-n', 'nft', 'list', 'tables'])}`,
    ),
  );
  return [own, ...others].join('\n');
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false } },
  });
  const counts = { passed: 0, failed: 0 };
  const figures = new Map<TestEngineKind, ProbeFigures>();
  const kinds = chosenKinds(positionals);
  // Most of the time is waiting for answers that do not come.
  await inParallel(kinds, 3, async (kind) => {
    const started = performance.now();
    try {
      const probed = await verifyKind(kind);
      const found = figuresOf(kindName(kind), probed);
      figures.set(kind, found);
      const holds = found.agreeing === found.probes;
      counts[holds ? 'passed' : 'failed'] += 1;
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(
        `${holds ? '✓' : '✗'} ${found.kind}: ${found.agreeing} of ${found.probes} probes agree, ${found.rules} rules observed (${seconds} s)`,
      );
      for (const each of probed.filter(({ faults }) => faults.length > 0))
        console.log(`    ${probedText(each).replaceAll('\n', '\n    ')}`);
    } catch (error) {
      counts.failed += 1;
      console.log(`✗ ${kindName(kind)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  const inOrder = kinds.flatMap((kind) => figures.get(kind) ?? []);
  if (values.write)
    await writeFile(document, withFigures(await readFile(document, 'utf8'), inOrder, await kernelRelease()));
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0;
}

process.exitCode = (await main()) ? 0 : 1;
