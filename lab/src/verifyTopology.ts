import { compareTopology, type TopologyComparison } from './compareTopology.ts';
import { differenceText, factKinds } from './facts.ts';
import { inParallel } from './load.ts';
import { makeTraffic } from './makeTraffic.ts';
import { chosenKinds, kindName, type TestEngineKind } from './testEngineKinds.ts';
import { startTestHost } from './testHost.ts';
import { textTable } from './textTable.ts';
import { createZoo } from './zoo.ts';

/*
 * npm run verify:topology [-- WORD ...]
 *
 * On each engine of the lab: the zoo, then vethscope's Snapshot held against what ip, bridge, ss, ps and the engine say. Prints the number
 * of facts compared, by engine and kind, then every difference. Ends with 1 if there is one.
 */

interface Outcome {
  kind: TestEngineKind;
  comparison?: TopologyComparison;
  failure?: unknown;
}

async function verify(kind: TestEngineKind): Promise<TopologyComparison> {
  await using host = await startTestHost(kind);
  await createZoo(host);
  await makeTraffic(host);
  return await compareTopology(host);
}

async function main(): Promise<void> {
  const kinds = chosenKinds(process.argv.slice(2));
  const outcomes = new Map<TestEngineKind, Outcome>();
  await inParallel(kinds, 2, async (kind) => {
    try {
      outcomes.set(kind, { kind, comparison: await verify(kind) });
    } catch (failure) {
      outcomes.set(kind, { kind, failure });
    }
  });
  const results = kinds.map((kind) => outcomes.get(kind) ?? { kind, failure: new Error('It was not run.') });
  console.log(factTable(results));
  let differing = 0;
  for (const { kind, comparison, failure } of results) {
    if (failure !== undefined)
      console.log(`\n${kindName(kind)}: not compared. ${failure instanceof Error ? failure.message : String(failure)}`);
    if (comparison === undefined || comparison.differences.length === 0) continue;
    differing += comparison.differences.length;
    console.log(`\n${kindName(kind)}: ${comparison.differences.length} differences`);
    for (const difference of comparison.differences) console.log(`  ${differenceText(difference)}`);
  }
  const notCompared = results.filter(({ failure }) => failure !== undefined).length;
  const compared = results.reduce((sum, { comparison }) => sum + (comparison === undefined ? 0 : total(comparison)), 0);
  console.log(
    `\n${compared} facts on ${results.length - notCompared} engines compared: ${differing} differ; ${notCompared} engines were not compared.`,
  );
  process.exitCode = differing + notCompared > 0 ? 1 : 0;
}

function factTable(results: readonly Outcome[]): string {
  const cell = ({ comparison }: Outcome, kind: (typeof factKinds)[number]) => {
    if (comparison === undefined) return '-';
    const wrong = comparison.differences.filter((difference) => difference.kind === kind).length;
    return `${comparison.facts.count(kind)}${wrong > 0 ? ` (${wrong} differ)` : ''}`;
  };
  return textTable([
    ['', ...results.map(({ kind }) => kindName(kind))],
    ...factKinds.map((kind) => [kind, ...results.map((result) => cell(result, kind))]),
  ]);
}

const total = ({ facts }: TopologyComparison) => factKinds.reduce((sum, kind) => sum + facts.count(kind), 0);

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
