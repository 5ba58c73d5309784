import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type ErrorCode, errorTable, Recording } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../version.ts';
import { samplePath } from './assets.ts';
import { withDefaultCommand } from './createProgram.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { snapshotText } from './snapshotText.ts';
import { writeRecordingFile } from './writeRecordingFile.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vethscope-cli-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The command as a person runs it. */
function vethscope(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', main, ...words], { timeout: 15_000 }, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('vethscope', () => {
  it('says its version and its help', async () => {
    expect(await vethscope('--version')).toMatchObject({ exit: 0, stdout: `${version}\n` });
    const help = await vethscope('--help');
    expect(help.exit).toBe(0);
    for (const word of ['start', 'record', 'snapshot', 'sudo npx vethscope']) expect(help.stdout).toContain(word);
  });

  it.each([
    [['snapshoot'], /unknown command 'snapshoot'[\s\S]*snapshot/],
    [['snapshot', '--jsno'], /unknown option '--jsno'[\s\S]*--json/],
    [['snapshot', 'extra'], /too many arguments/],
    [['--port', 'many'], /A port is a number/],
  ])('tells %j from what it knows', async (words, message) => {
    const { exit, stderr } = await vethscope(...words);
    expect(exit).toBe(errorTable.usage.exit);
    expect(stderr).toMatch(message);
  });

  it('prints a recording in words, or as records', async () => {
    const words = await vethscope('snapshot', '--recording', samplePath());
    expect(words.stdout).toContain('published ports');
    const json = await vethscope('snapshot', '--json', '--recording', samplePath());
    expect(Object.keys(JSON.parse(json.stdout).records.container).length).toBeGreaterThan(10);
  });

  it('exports a picture into a file, and a Markdown page with its picture beside it', async () => {
    const svg = join(directory, 'back.svg');
    const page = join(directory, 'back.md');
    const words = ['--network', 'back', '--recording', samplePath()];
    expect(await vethscope('export', '-o', svg, ...words)).toMatchObject({ exit: 0, stdout: '', stderr: '' });
    expect(await vethscope('export', '-o', page, ...words)).toMatchObject({ exit: 0 });
    expect(readFileSync(page, 'utf8')).toContain('](<back.svg>)');
    const said = await vethscope('export', ...words);
    expect(said.stdout).toBe(readFileSync(svg, 'utf8'));
    expect(said.stdout).toMatch(/^<svg [\s\S]*>db<\/text>[\s\S]*<\/svg>\n$/);
    const nobody = await vethscope('export', '--network', 'frnot', '--recording', samplePath());
    expect([nobody.exit, nobody.stdout]).toEqual([errorTable.usage.exit, '']);
    expect(nobody.stderr).toContain('front');
  }, 40_000);

  it('draws a difference beside telling it', async () => {
    const file = join(directory, 'difference.svg');
    const { exit, stdout } = await vethscope('diff', samplePath(), samplePath(), '--svg', file);
    expect([exit, stdout !== '']).toEqual([0, true]);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]*: no difference<\/text>/);
  }, 40_000);

  it('draws the lanes of a trace, and ends with its status', async () => {
    const ends = ['--from', 'internet', '--to', 'host:8080', '--recording', samplePath()];
    const { exit, stdout } = await vethscope('trace', '--svg', ...ends);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^<svg [\s\S]*>ip nat PREROUTING<\/text>[\s\S]*<\/svg>\n$/);
    expect((await vethscope('trace', '--svg', '--json', ...ends)).exit).toBe(errorTable.usage.exit);
  }, 40_000);

  it.each([
    ['unreadableFile', () => '/nowhere/at-all.json'],
    ['malformedRecording', () => written('not.json', 'not JSON')],
    ['malformedRecording', () => written('cut.json.gz', gzipSync('{"format":"vethscope-recording"}').subarray(0, 20))],
    ['malformedRecording', () => written('other.json', '{"format":"har"}')],
    ['unsupportedVersion', () => written('future.json', '{"format":"vethscope-recording","version":99}')],
  ] satisfies [ErrorCode, () => string][])('ends with the status of %s', async (code, path) => {
    const { exit, stderr } = await vethscope('snapshot', '--recording', path());
    expect([code, exit]).toEqual([code, errorTable[code].exit]);
    expect(stderr).toMatch(/^vethscope: /);
  });

  it('records another host in the place of this one, with its names, addresses or both masked', async () => {
    const masked = async (...mask: string[]) => {
      const path = join(directory, `${mask.join('-')}.json`);
      const { exit } = await vethscope('record', '--recording', samplePath(), '-o', path, ...mask);
      expect(exit).toBe(0);
      return readFileSync(path, 'utf8');
    };
    const both = await masked('--mask');
    expect(both).not.toMatch(/my-nginx|198\.18\.0\.28/);
    expect(JSON.parse(both)).toMatchObject({
      masked: true,
      replaced: ['names', 'addresses'],
      host: { hostname: 'host' },
    });
    expect(await masked('--mask', 'names')).toContain('198.18.0.28');
    expect(await masked('--mask', 'addresses')).toContain('my-nginx');
    const contradiction = await vethscope('record', '--recording', samplePath(), '--unmasked', '--mask');
    expect([contradiction.exit, contradiction.stderr]).toEqual([
      errorTable.usage.exit,
      expect.stringContaining('--unmasked'),
    ]);
  }, 60_000);

  it('says which port is taken and how to take another', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const { exit, stderr } = await vethscope('--port', String(port), '--recording', samplePath());
    server.close();
    expect(exit).toBe(errorTable.addressInUse.exit);
    expect(stderr).toContain('--port auto');
  });
});

describe('withDefaultCommand', () => {
  it.each([
    [[], ['start']],
    [
      ['--port', '80'],
      ['start', '--port', '80'],
    ],
    [['record'], ['record']],
    [['--help'], ['--help']],
    [['-V'], ['-V']],
  ])('%j means %j', (words, meant) => {
    expect(withDefaultCommand(words)).toEqual(meant);
  });
});

describe('recording files', () => {
  it.each(['one.json', 'one.json.gz'])('come back as they were written: %s', async (name) => {
    const recording = await readRecordingFile(samplePath());
    const path = join(directory, name);
    await writeRecordingFile(path, recording);
    expect(await readRecordingFile(path)).toEqual(recording);
    const bytes = readFileSync(path);
    const text = name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
    expect(Recording.parse(JSON.parse(text))).toBeTruthy();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('are not written where nothing can be written, and leave nothing behind', async () => {
    const recording = await readRecordingFile(samplePath());
    await expect(writeRecordingFile('/nowhere/x.json', recording)).rejects.toMatchObject({ code: 'unwritableFile' });
  });
});

it('snapshotText names each running container with its address and its cable', async () => {
  const snapshot = snapshotOf(await readRecordingFile(samplePath()));
  const text = snapshotText(snapshot);
  for (const endpoint of Object.values(snapshot.records.endpoint)) {
    if (endpoint.sandbox === null) continue;
    const container = snapshot.records.container[endpoint.container];
    const line = text
      .split('\n')
      .find((row) => row.includes(` ${container?.name} `) && row.includes(endpoint.ipv4 ?? ''));
    expect(line).toBeDefined();
    if (endpoint.outside !== null) expect(line).toContain(snapshot.records.link[endpoint.outside]?.name);
  }
});

function written(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}
