import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { Moment, Snapshot, SnapshotDiff, VethscopeError } from '@vethscope/model';
import { z } from 'zod';
import type { HistoryFile, KeptMoment } from './history.ts';

/*
 * One file, a line each: first the Snapshot where the memory begins, then a diff after the other. A line is written with one call and ends with
 * a newline, so that a crash leaves at most the last one torn; that one is dropped when the file is read again. A new beginning is written beside the file and then
 * takes its place (rename(2) is atomic).
 */

const fileName = 'history.ndjson';

const BaseLine = z.object({
  format: z.literal('vethscope-history'),
  version: z.literal(1),
  moment: Moment,
  z: z.string(),
});
const DiffLine = z.object({ moment: Moment, bytes: z.number(), diff: SnapshotDiff });

interface ReadHistory {
  base: { moment: Moment; snapshot: Snapshot };
  kept: KeptMoment[];
}

/** Makes the directory where there is none, for its owner only. Throws `unwritableFile`. */
export function openHistoryFile(
  directory: string,
  log: (error: unknown) => void,
): { file: HistoryFile; earlier: ReadHistory | null } {
  const path = join(directory, fileName);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw new VethscopeError('unwritableFile', `The history cannot be kept: ${(cause as Error).message}.`, {
      where: directory,
      fix: 'Give a directory that this user may write to.',
      cause,
    });
  }
  const file = historyFile({ directory, path, log });
  const { earlier, state } = readHistory(path, log);
  // What could not be read is not ours to throw away: it may be of a later version.
  if (state === 'broken') copyFileSync(path, join(directory, `${fileName}.unread-${Date.now()}`));
  if (state !== 'whole' && earlier) file.rewrite(earlier.base, earlier.kept);
  return { file, earlier };
}

/** What a file holds up to its first line that is broken. `torn`: its last line was never finished, as a crash leaves it. */
function readHistory(
  path: string,
  log: (error: unknown) => void,
): { earlier: ReadHistory | null; state: 'whole' | 'torn' | 'broken' } {
  const text = readFileSync(path, 'utf8');
  if (text === '') return { earlier: null, state: 'whole' };
  const [first, ...lines] = text.slice(0, Math.max(0, text.lastIndexOf('\n'))).split('\n');
  const base = readBase(first ?? '');
  if (!base) {
    log(new Error(`${path} does not begin as a history of this version does: it is put aside, and another one begun`));
    return { earlier: null, state: 'broken' };
  }
  const kept: KeptMoment[] = [];
  for (const [index, line] of lines.entries()) {
    const read = DiffLine.safeParse(parseJson(line));
    if (!read.success) {
      log(new Error(`${path}:${index + 2}: this line is broken; it is put aside with what follows it`));
      return { earlier: { base, kept }, state: 'broken' };
    }
    kept.push(read.data);
  }
  return { earlier: { base, kept }, state: text.endsWith('\n') ? 'whole' : 'torn' };
}

function readBase(line: string): ReadHistory['base'] | null {
  const read = BaseLine.safeParse(parseJson(line));
  if (!read.success) return null;
  try {
    const snapshot = Snapshot.safeParse(parseJson(inflateSync(Buffer.from(read.data.z, 'base64')).toString('utf8')));
    return snapshot.success ? { moment: read.data.moment, snapshot: snapshot.data } : null;
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function historyFile({
  directory,
  path,
  log,
}: {
  directory: string;
  path: string;
  log: (error: unknown) => void;
}): HistoryFile {
  let open: number | null = null;
  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      log(error);
    }
  };
  const line = ({ moment, bytes, diff }: KeptMoment) => `${JSON.stringify({ moment, bytes, diff })}\n`;
  return {
    directory,
    append: (kept) =>
      attempt(() => {
        open ??= openSync(path, 'a', 0o600);
        writeSync(open, line(kept));
      }),
    rewrite: ({ moment, snapshot }, kept) =>
      attempt(() => {
        const beside = `${path}.new`;
        const written = openSync(beside, 'w', 0o600);
        try {
          const z = deflateSync(JSON.stringify(snapshot)).toString('base64');
          writeSync(written, `${JSON.stringify({ format: 'vethscope-history', version: 1, moment, z })}\n`);
          for (const each of kept) writeSync(written, line(each));
          fsyncSync(written);
        } finally {
          closeSync(written);
        }
        if (open !== null) closeSync(open);
        open = null;
        renameSync(beside, path);
      }),
    async close() {
      if (open !== null) {
        fsyncSync(open);
        closeSync(open);
      }
      open = null;
    },
  };
}
