import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { samplePath } from './assets.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The command as a person runs it. */
function reach(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const all = ['--import', 'tsx', main, 'reach', '--recording', samplePath(), ...words];
    execFile(process.execPath, all, { timeout: 30_000, maxBuffer: 2 ** 25 }, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('vethscope reach', { timeout: 40_000 }, () => {
  it('ends with 0 whatever the matrix says, and takes several names', async () => {
    const { exit, stdout } = await reach('--from', 'internet', 'web', '--to', 'db', 'host:8080');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^Target +internet +web$/m);
    expect(stdout).toMatch(/^ {2}db:5432 +dropped +delivered$/m);
  });

  it('--json is cells, with colours of no kind', async () => {
    const { stdout } = await reach('--from', 'internet', '--json');
    const { cells, targets } = JSON.parse(stdout);
    expect(cells).toHaveLength(targets.length);
  });

  it.each([
    [['--from', 'wbe'], /^vethscope: "wbe" is no sender\. \(--from wbe\)\n {2}Did you mean "web"\?\n$/],
    [['--to', 'db:5433'], /Did you mean "db:5432"/],
    [['--json', '--markdown'], /cannot be used with option/],
  ])('%j is not understood', async (words, message) => {
    const { exit, stderr, stdout } = await reach(...words);
    expect([exit, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(message);
  });
});
