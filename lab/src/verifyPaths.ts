import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inParallel } from './load.ts';
import { disagreementText } from './paths/comparePaths.ts';
import { putBackMachineSwitches } from './paths/machineSwitch.ts';
import { agreementText, pathsDocument } from './paths/pathsDocument.ts';
import { type KindResult, kernelRelease, type PathResult, verifyKind } from './paths/verifyKind.ts';
import { repositoryRoot } from './paths.ts';
import { chosenKinds, kindName } from './testEngineKinds.ts';

/*
 * npm run verify:paths [-- WORD ...] [--scenario WORD] [--write]
 *
 * On each engine of the lab: the zoo, then rule sets that people write, with packets really sent and compared with what the path engine
 * predicts: outcome, rules in order, translation. Prints the agreement, and each disagreement in full. The last line is "N passed, N failed",
 * in sets of packets. --scenario runs those scenarios only whose name has the word; --write writes docs/verify-paths.md.
 */

const counts = { passed: 0, failed: 0 };

function tell(result: PathResult): void {
  const { name, comparison } = result;
  const holds = comparison !== null && comparison.disagreements.length === 0;
  counts[holds ? 'passed' : 'failed'] += 1;
  const detail =
    comparison === null ? '' : ` packets agree (${comparison.rules} rules, ${comparison.translations} translations)`;
  console.log(`${holds ? '✓' : '✗'} ${name}: ${agreementText(result)}${detail}`);
  for (const each of comparison?.disagreements ?? [])
    console.log(`    ${disagreementText(each).replaceAll('\n', '\n    ')}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { scenario: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  const started = performance.now();
  putBackMachineSwitches();
  const kinds = chosenKinds(positionals);
  const results = new Map<string, KindResult>();
  const only = (name: string) => values.scenario === undefined || name.includes(values.scenario);
  await inParallel(kinds, 2, async (kind) => {
    try {
      results.set(kindName(kind), await verifyKind(kind, { tell, only }));
    } catch (error) {
      tell({ name: kindName(kind), comparison: null, failure: error instanceof Error ? error.message : String(error) });
    }
  });
  const inOrder = kinds.flatMap((kind) => results.get(kindName(kind)) ?? []);
  console.log('');
  for (const { kind, zoo, scenarios } of inOrder) {
    const all = [zoo, ...scenarios].flatMap(({ comparison }) => comparison ?? []);
    const packets = all.reduce((sum, each) => sum + each.packets, 0);
    const differing = all.reduce((sum, each) => sum + each.disagreements.length, 0);
    console.log(`${kindName(kind)}: ${packets - differing} of ${packets} packets agree`);
  }
  if (values.write) {
    await writeFile(join(repositoryRoot, 'docs/verify-paths.md'), pathsDocument(inOrder, await kernelRelease()));
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
}

await main().catch((error: unknown) => {
  counts.failed += 1;
  console.error(error instanceof Error ? error.message : error);
});
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
