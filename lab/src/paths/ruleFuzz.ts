import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inParallel } from '../load.ts';
import { FuzzBench, type FuzzCase, fuzzCase, shrinkCase } from './ruleFuzzCase.ts';
import { differenceText, type FuzzComparison } from './ruleFuzzCompare.ts';
import { BusyMachineError, fuzzTools, longTimeoutMs } from './ruleFuzzRun.ts';
import { ruleSetText } from './ruleFuzzSet.ts';

/*
 * npm run verify:rules [-- --sets 300 --seed N --at-once 5 --shrink 6]
 *
 * Random rule sets, iptables' and nft's, loaded into a namespace of the lab: what vethscope predicts of each packet against what the kernel did with
 * it. Prints each difference with the smallest rule set that was found to show it. `--case N` runs the one set of that seed; --shrink says how many differences are made small. Set number i of a run has
 * the seed SEED * 100000 + i. Exit status 1 on any difference.
 */

/** Of all packets, how many may be unknown at most. */
const mostUnknown = 0.02;

const total = { sets: 0, packets: 0, rules: 0, translations: 0, unknown: 0, open: 0, differing: 0, failed: 0 };

/** How far it is, where somebody looks on; a log is left without. */
function progress(of: number): void {
  if (!process.stdout.isTTY) return;
  const { sets, packets, differing } = total;
  process.stdout.write(`\r${sets} of ${of} rule sets, ${packets - differing} of ${packets} packets agree\u001b[K`);
}

function count(comparison: FuzzComparison): void {
  total.sets += 1;
  for (const name of ['packets', 'rules', 'translations', 'unknown', 'open'] as const) total[name] += comparison[name];
  total.differing += comparison.differences.length;
}

/** A machine that is busy with other things may need more than one try. */
async function patiently<T>(work: () => Promise<T>, tries = 4): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BusyMachineError) || tries <= 1) throw error;
    await sleep(2000);
    return await patiently(work, tries - 1);
  }
}

/** What differs is sent again, and once more: on a busy machine an answer that comes late looks like a drop. */
async function runCase(bench: FuzzBench, given: FuzzCase): Promise<FuzzComparison> {
  const first = await patiently(() => bench.run(given));
  let { differences } = first;
  for (let tries = 0; tries < 2 && differences.length > 0; tries += 1) {
    const packets = differences.map(({ packet }) => packet);
    const again = await patiently(() => bench.run({ ...given, packets, timeoutMs: longTimeoutMs }));
    differences = again.differences;
  }
  return { ...first, differences };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sets: { type: 'string', default: '300' },
      seed: { type: 'string' },
      case: { type: 'string' },
      shrink: { type: 'string', default: '6' },
      'at-once': { type: 'string', default: '5' },
    },
  });
  if (process.getuid?.() !== 0) {
    console.log('skipped: rule sets are loaded into network namespaces, which takes root');
    return;
  }
  const started = performance.now();
  const seed = Number(values.seed ?? Math.floor(Math.random() * 10_000));
  const seeds =
    values.case === undefined
      ? Array.from({ length: Number(values.sets) }, (_, at) => seed * 100_000 + at)
      : [Number(values.case)];
  console.log(`${await fuzzTools()}; seed ${values.case ?? seed}, ${seeds.length} rule sets`);
  const benches = Array.from(
    { length: Math.min(Number(values['at-once']), seeds.length) },
    (_, at) => new FuzzBench(`bench ${at}`),
  );
  const free = [...benches];
  let shrunk = 0;
  try {
    await inParallel(seeds, benches.length, async (each) => {
      const bench = free.pop() ?? new FuzzBench('another bench');
      const given = fuzzCase(each);
      try {
        const comparison = await runCase(bench, given);
        count(comparison);
        progress(seeds.length);
        const [first] = comparison.differences;
        if (first === undefined) return;
        const rest = comparison.differences.length - 1;
        console.log(`\n✗ --case ${each}: ${differenceText(first)}${rest === 0 ? '' : `\n  and ${rest} more packets`}`);
        if (shrunk >= Number(values.shrink)) return;
        shrunk += 1;
        const small = await shrinkCase(bench, { set: given.set, packet: first.packet });
        const { differences } = await bench.run({ set: small, packets: [first.packet] });
        console.log(
          `\n✗ --case ${each}, smaller:\n${ruleSetText(small)}\n${differences.map(differenceText).join('\n')}`,
        );
      } catch (error) {
        total.failed += 1;
        console.log(`\n✗ --case ${each}: ${error instanceof Error ? error.message : String(error)}`);
        // What state it is in cannot be told.
        await bench[Symbol.asyncDispose]();
      } finally {
        free.push(bench);
      }
    });
  } finally {
    await Promise.all(benches.map((bench) => bench[Symbol.asyncDispose]()));
  }
  const { packets, differing, unknown, open, rules, translations } = total;
  console.log(
    `\n${packets - differing} of ${packets} packets agree under ${total.sets} rule sets of seed ${values.case ?? seed} (${rules} rules named by the kernel, ${translations} translations); ` +
      `${unknown} unknown and ${open - unknown} more with an open rule; ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  if (unknown > packets * mostUnknown) {
    console.log(`More than ${mostUnknown * 100} % of the packets are unknown.`);
    total.failed += 1;
  }
  if (differing + total.failed > 0) process.exitCode = 1;
}

await main();
