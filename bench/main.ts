import { cpus } from 'node:os';
import { startTestHost, type TestHost } from '@vethscope/lab';
import { benchAssemble } from './assemble.ts';
import { benchBundle } from './bundle.ts';
import { benchColdSnapshot } from './coldSnapshot.ts';
import { benchIdle } from './idle.ts';
import { benchLatency } from './latency.ts';
import { benchPaths } from './paths.ts';
import { benchPictures } from './pictures.ts';
import { benchReachPage } from './reachPage.ts';
import { type Figure, printFigures } from './report.ts';
import { benchScale } from './scale.ts';
import { benchTraceCommand } from './traceCommand.ts';

/* `npm run bench [-- PART …]`: the figures of the design's budgets, measured on real engines and a real browser. Needs root, and a build. */

async function onHost(bench: (host: TestHost) => Promise<Figure[]>): Promise<Figure[]> {
  await using host = await startTestHost({ engine: '28.5' });
  return await bench(host);
}

const parts: Record<string, { title: string; run: () => Promise<Figure[]> }> = {
  cold: {
    title: 'Cold snapshot, real containers',
    run: async () => [
      ...(await benchColdSnapshot(1)),
      ...(await benchColdSnapshot(100, 150)),
      ...(await benchColdSnapshot(300)),
    ],
  },
  assemble: { title: 'From texts to records (synthetic)', run: async () => benchAssemble() },
  trace: {
    title: 'A cold trace',
    run: async () => [await benchTraceCommand(0), await benchTraceCommand(20), await benchTraceCommand(100)],
  },
  latency: { title: 'From the event to the pixels', run: () => onHost(benchLatency) },
  scale: { title: 'A thousand containers (synthetic)', run: () => onHost(benchScale) },
  idle: { title: 'The cost of the agent', run: () => onHost(benchIdle) },
  paths: { title: 'Paths and matrices', run: async () => benchPaths() },
  pictures: {
    title: 'Pictures for documents (synthetic)',
    run: async () => [...(await benchPictures(20)), ...(await benchPictures(200)), ...(await benchPictures(1000, 1))],
  },
  matrix: { title: 'The matrix in the page', run: () => onHost(benchReachPage) },
  bundle: { title: 'The page on the wire', run: async () => benchBundle() },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}": ${Object.keys(parts).join(', ')}.`);
  process.exit(64);
}
console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [name, { title, run }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  printFigures(title, await run());
}
process.exit(0);
