import { describe, expect, it } from 'vitest';
import { runTool, type ToolRun } from './runTool.ts';

const node = (script: string, limits: Partial<ToolRun> = {}) =>
  runTool({ argv: [process.execPath, '-e', script], ...limits });

describe('runTool', () => {
  it('gives the output of a program that went well', async () => {
    expect(await node('console.log("a\\nb")')).toMatchObject({ kind: 'ok', stdout: 'a\nb\n' });
  });

  it('says that a program is not installed', async () => {
    expect(await runTool({ argv: ['no-such-program'] })).toMatchObject({ kind: 'notInstalled' });
  });

  it('gives the exit code and the message of one that failed', async () => {
    const result = await node('console.error("no"); process.exit(3)');
    expect(result).toMatchObject({ kind: 'exited', code: 3, stderr: 'no\n' });
  });

  it('says by which signal a program ended', async () => {
    expect(await node('process.kill(process.pid, "SIGSEGV")')).toMatchObject({ kind: 'crashed', signal: 'SIGSEGV' });
  });

  it('ends a program that takes too long, and what that one started', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
      require('node:fs').writeSync(2, String(child.pid)); setTimeout(() => {}, 30000)`;
    const started = performance.now();
    expect(await node(script, { deadlineMs: 600 })).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('ends a program that says too much', async () => {
    expect(await node('setInterval(() => console.log("x".repeat(1000)), 0)', { maxBytes: 5_000 })).toMatchObject({
      kind: 'tooLarge',
    });
  });

  it('does not go through a shell', async () => {
    expect(await runTool({ argv: ['printf', '%s', '$HOME; `id`'] })).toMatchObject({
      kind: 'ok',
      stdout: '$HOME; `id`',
    });
  });
});
