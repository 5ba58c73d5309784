import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { tar } from './tar.ts';

const entries = [
  { path: 'bin/', mode: 0o755 },
  { path: 'bin/busybox', mode: 0o755, content: Buffer.from('x'.repeat(700)) },
  { path: 'bin/ls', mode: 0o777, link: 'busybox' },
];

it('is read by tar, and has the same bytes each time', () => {
  const listed = execFileSync('tar', ['-tvf', '-', '--full-time', '--utc'], { input: tar(entries), encoding: 'utf8' });
  const lines = listed
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/\s+/));
  expect(lines.map(([mode, , size, day, , ...name]) => [mode, size, day, name.join(' ')])).toEqual([
    ['drwxr-xr-x', '0', '1970-01-01', 'bin/'],
    ['-rwxr-xr-x', '700', '1970-01-01', 'bin/busybox'],
    ['lrwxrwxrwx', '0', '1970-01-01', 'bin/ls -> busybox'],
  ]);
  expect(tar(entries).equals(tar(entries))).toBe(true);
});

it('does not cut a path that is too long', () => {
  expect(() => tar([{ path: 'a'.repeat(101), mode: 0o644 }])).toThrow('too long');
});
