import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fixturePath } from '@vethscope/fixtures';
import { describe, expect, it } from 'vitest';
import { recordingFileName } from './recordingContents.ts';
import { runRecordingJob } from './runRecordingJob.ts';
import { unpack } from './unpack.ts';

const packed = readFileSync(fixturePath('docker-28.5-iptables-nft'));
const text = gunzipSync(packed).toString('utf8');
const open = (bytes: string | Uint8Array<ArrayBuffer>) => runRecordingJob({ kind: 'open', file: new Blob([bytes]) });
const whereOf = async (bytes: string | Uint8Array<ArrayBuffer>) => {
  const reply = await open(bytes);
  return reply.kind === 'fault' ? [reply.error.code, reply.error.where] : reply.kind;
};

describe('a recording that is opened', () => {
  it('is the same, gzipped or not', async () => {
    const [gzipped, plain] = [await open(new Uint8Array(packed)), await open(text)];
    expect(gzipped.kind).toBe('opened');
    expect(gzipped).toEqual(plain);
  });

  it('says what it contains as its text has it', async () => {
    const reply = await open(text);
    if (reply.kind !== 'opened') throw new Error(reply.kind);
    const { counts, masked } = reply.contents;
    const { records } = reply.snapshot;
    expect(masked).toBe(true);
    expect(counts.containers).toBe(Object.keys(records.container).length);
    expect(counts.links).toBe(Object.keys(records.link).length);
    expect(counts.networks).toBe(Object.keys(records.network).length);
    expect(counts.rules).toBeGreaterThan(0);
    expect(counts.processes).toBe(JSON.parse(text).processes.length);
  });

  it('says where it is broken', async () => {
    const whole = JSON.parse(text);
    expect(await whereOf('{\n "a": }')).toEqual(['malformedRecording', '2:7']);
    expect(await whereOf('')).toEqual(['malformedRecording', '1:1']);
    expect(await whereOf('{}')).toEqual(['malformedRecording', 'format']);
    expect(await whereOf('[1]')).toEqual(['malformedRecording', null]);
    expect(await whereOf(JSON.stringify({ ...whole, version: 2 }))).toEqual(['unsupportedVersion', 'version']);
    expect(await whereOf(JSON.stringify({ ...whole, takenAt: 5 }))).toEqual(['malformedRecording', 'takenAt']);
    expect(await whereOf(new Uint8Array(packed.subarray(0, 900)))).toEqual(['malformedRecording', null]);
  });

  it('keeps names like __proto__ for names', async () => {
    const poisoned = text.replaceAll('"com.docker.compose.project"', '"__proto__"');
    expect(await whereOf(poisoned)).toBe('opened');
    expect(Object.keys({})).toEqual([]);
  });
});

const pack = async (mask: { names: boolean; addresses: boolean }) => {
  const reply = await runRecordingJob({ kind: 'pack', json: new Blob([text]), mask });
  if (reply.kind !== 'packed') throw new Error(reply.kind);
  return reply;
};

it('packs what the agent answered into a file that opens again', async () => {
  const reply = await pack({ names: false, addresses: false });
  expect(reply.bytes).toBe(Buffer.byteLength(text));
  expect(reply.file.size).toBeLessThan(reply.bytes / 4);
  expect(await unpack(reply.file)).toBe(text);
});

it('packs a masked one that says no name and no address, and is the same host to who opens it', async () => {
  const { file, contents } = await pack({ names: true, addresses: true });
  const masked = await unpack(file);
  expect(masked).not.toMatch(/my-nginx|198\.18\.0\.28|busybox:local/);
  const [opened, real] = [await open(masked), await open(text)];
  if (opened.kind !== 'opened' || real.kind !== 'opened') throw new Error(opened.kind);
  expect(contents).toEqual(opened.contents);
  const { engineAnswers: _, ...counts } = real.contents.counts;
  expect(opened.contents).toMatchObject({ hostname: 'host', counts });
});

it('unpacks no more than it was told to', async () => {
  const bomb = new Blob([new Uint8Array(gzipSync(Buffer.alloc(5_000_000)))]);
  await expect(unpack(bomb, 1_000_000)).rejects.toMatchObject({ code: 'malformedRecording' });
});

it('makes a name for the file from whatever the host is called', () => {
  const takenAt = '2026-11-21T12:30:00.123Z';
  expect(recordingFileName({ hostname: 'devbox', takenAt })).toBe('vethscope-devbox-2026-11-21T12-30-00.json.gz');
  expect(recordingFileName({ hostname: '../../etc/pass\u202ewd', takenAt })).toMatch(/^vethscope-[\w-]+\.json\.gz$/);
});
