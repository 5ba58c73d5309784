import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeRunFolder, sweepRunFolders } from './runFolder.ts';

it('sweeps the folders of owners that are gone, and no others', async () => {
  const base = await mkdtemp(join(tmpdir(), 'lab-'));
  vi.stubEnv('VETHSCOPE_LAB_RUN', base);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(base, { recursive: true });
  });
  const mine = await makeRunFolder('mine');
  const dead = join(base, 'dead');
  await mkdir(dead);
  // This process's number, but of a process that started at another time.
  await writeFile(join(dead, 'owner'), `${process.pid} 1`);
  await mkdir(join(base, 'unfinished'));
  await sweepRunFolders(base);
  expect((await readdir(base)).sort()).toEqual([mine.slice(base.length + 1), 'unfinished'].sort());
});
