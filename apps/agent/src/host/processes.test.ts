import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadLibc } from './libc.ts';
import { findSocketOwners } from './processes.ts';

const libc = loadLibc();
const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', ''], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Listens, forks a child that holds the socket and neither becomes another program nor ends, and prints both pids. */
const forks = `
import os, socket, sys, time
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
if len(sys.argv) > 1: time.sleep(1.2)
pid = os.fork()
if pid == 0:
    if len(sys.argv) > 2: s.close(); s = None
    time.sleep(60); os._exit(0)
print(os.getpid(), pid, os.fstat(s.fileno()).st_ino, flush=True)
sys.stdin.read()
os.kill(pid, 9)
`;

async function forked(...words: string[]) {
  const child = spawn('python3', ['-c', forks, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A line, not a chunk: an unbuffered Python (PYTHONUNBUFFERED) writes word by word.
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const [parent = 0, forkedPid = 0, inode = 0] = line.split(' ').map(Number);
  return {
    parent,
    child: forkedPid,
    inode,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, 'close');
    },
  };
}

describe.skipIf('unavailable' in libc)('the owners of sockets', () => {
  if ('unavailable' in libc) return;
  const ownersOf = (inode: number) => findSocketOwners(libc, { inodes: [inode], namespaces: [], firstPids: [] });

  it('are those processes that hold them', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const inodes = readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`)) ?? [];
        return inode === undefined ? [] : [Number(inode)];
      } catch {
        return [];
      }
    });
    const found = findSocketOwners(libc, { inodes, namespaces: [], firstPids: [process.pid] });
    server.close();
    expect(inodes.length).toBeGreaterThan(0);
    for (const inode of inodes)
      expect(found.owners[inode]).toContainEqual({ pid: process.pid, name: expect.any(String) });
  });

  it.skipIf(!hasPython)(
    'leave out a child that was just forked, say that it is in doubt, and take it in when it stays',
    {
      timeout: 10_000,
    },
    async () => {
      await using made = await forked('wait');
      const first = findSocketOwners(libc, {
        inodes: [made.inode],
        namespaces: [],
        firstPids: [made.child, made.parent],
      });
      expect(first.owners[made.inode]?.map(({ pid }) => pid)).toEqual([made.parent]);
      expect(first.doubtful).toEqual([made.inode]);
      await sleep(1_300);
      const later = findSocketOwners(libc, {
        inodes: [made.inode],
        namespaces: [],
        firstPids: [made.child, made.parent],
      });
      expect(new Set(later.owners[made.inode]?.map(({ pid }) => pid))).toEqual(new Set([made.parent, made.child]));
      expect(later.doubtful).toEqual([]);
    },
  );

  it.skipIf(!hasPython)('are not in doubt for a child that has closed its copy', async () => {
    await using made = await forked('wait', 'close');
    await sleep(20);
    const found = ownersOf(made.inode);
    expect(found.owners[made.inode]?.map(({ pid }) => pid)).toEqual([made.parent]);
    expect(found.doubtful).toEqual([]);
  });

  it('of a socket that nobody holds are none', () => {
    const { owners, doubtful } = ownersOf(1);
    expect(owners[1]).toBeUndefined();
    expect(doubtful).toEqual([]);
  });
});
