import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Trace } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { samplePath } from './assets.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The command as a person runs it. */
function trace(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const all = ['--import', 'tsx', main, 'trace', '--recording', samplePath(), ...words];
    execFile(process.execPath, all, { timeout: 15_000 }, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('vethscope trace', () => {
  it.each([
    [0, 'internet', 'host:8080'],
    [1, 'internet', 'host:8083'],
    [2, 'web', 'example.org:443'],
    [64, 'wbe', 'host:80'],
  ])('ends with %d: from %s to %s', async (exit, from, to) => {
    const ended = await trace('--from', from, '--to', to);
    expect(ended.exit).toBe(exit);
    expect(ended.stdout === '').toBe(exit === 64);
    if (exit === 64) expect(ended.stderr).toMatch(/^vethscope: .*\(--from wbe\)\n {2}Did you mean "web"\?\n$/);
  });

  it('--json is the Trace, with colours of no kind', async () => {
    const { stdout } = await trace('--from', 'internet', '--to', 'host:8080', '--json');
    expect(Trace.parse(JSON.parse(stdout)).disposition).toBe('delivered');
  });

  it.each([
    [['--from', 'web'], /--to <target>/],
    [['--from', 'web', '--to', 'api:80', '--json', '--mermaid'], /cannot be used with option/],
  ])('%j is not understood', async (words, message) => {
    const { exit, stderr } = await trace(...words);
    expect(exit).toBe(64);
    expect(stderr).toMatch(message);
  });
});
