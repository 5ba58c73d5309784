import { type EngineCheck, engineChecks } from './engineChecks.ts';
import { inParallel } from './load.ts';
import { EngineUnavailableError } from './roots.ts';
import { chosenKinds, kindName, type TestEngineKind } from './testEngineKinds.ts';
import { startTestHost } from './testHost.ts';

/*
 * npm run test:engines [-- WORD ...]
 *
 * Every check on every engine of the lab. The last line is "N passed, N failed", and ", N skipped" where an engine could not be
 * had; in CI (CI=true) such an engine counts as failed, as a test that does not run there runs nowhere.
 */

const counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

function tell(result: keyof typeof counts, title: string, detail: string): void {
  counts[result] += 1;
  const sign = { passed: '✓', failed: '✗', skipped: '-' }[result];
  console.log(`${sign} ${title}${result === 'passed' ? ` (${detail})` : `\n    ${detail.replaceAll('\n', '\n    ')}`}`);
  if (result === 'failed') failures.push(title);
}

async function testEngine(kind: TestEngineKind): Promise<void> {
  const waiting = [...engineChecks];
  const title = (check: EngineCheck) => `${kindName(kind)} › ${check.name}`;
  try {
    await using host = await startTestHost(kind);
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = performance.now();
      try {
        const seen = await check.run(host);
        tell('passed', title(check), `${seen}; ${((performance.now() - started) / 1000).toFixed(1)} s`);
      } catch (error) {
        tell('failed', title(check), messageOf(error));
      }
    }
  } catch (error) {
    const unavailable = error instanceof EngineUnavailableError && process.env.CI !== 'true';
    for (const check of waiting) tell(unavailable ? 'skipped' : 'failed', title(check), messageOf(error));
    if (waiting.length === 0) tell('failed', `${kindName(kind)} › the test host stops`, messageOf(error));
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

try {
  const started = performance.now();
  await inParallel(chosenKinds(process.argv.slice(2)), 2, testEngine);
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
  for (const title of failures) console.log(`failed: ${title}`);
} catch (error) {
  tell('failed', 'the lab', messageOf(error));
}
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
);
process.exitCode = counts.failed > 0 ? 1 : 0;
