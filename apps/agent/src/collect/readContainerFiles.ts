import { open } from 'node:fs/promises';
import type { Recording, SourceReport } from '@vethscope/model';
import { forEachLimited } from './forEachLimited.ts';
import type { ContainerFacts } from './runningContainers.ts';
import { report, rootFix } from './sourceFailure.ts';

export type ContainerFiles = Recording['containerFiles'];

/** Resolver files are some hundred bytes; a container that writes a large one shall not fill the agent's memory. */
const largestBytes = 256 * 1024;

async function readText(path: string): Promise<string | 'refused' | null> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const length = Math.min(size, largestBytes);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'refused' : null;
  }
}

/**
 * The files by which the given containers resolve names. The engine says where it keeps them. /proc/PID/root would lead there too, but through
 * a container's own tree, where a link may lead anywhere.
 */
export async function readContainerFiles(
  containers: ContainerFacts[],
): Promise<{ files: ContainerFiles; refused: string[]; tookMs: number }> {
  const started = performance.now();
  const files: ContainerFiles = {};
  const refused: string[] = [];
  await forEachLimited(containers, 8, async ({ id, resolvConfPath, hostsPath }) => {
    const [resolvConf, hosts] = await Promise.all(
      [resolvConfPath, hostsPath].map((path) => (path === null ? null : readText(path))),
    );
    if (resolvConf === 'refused' || hosts === 'refused') refused.push(id);
    files[id] = { resolvConf: known(resolvConf), hosts: known(hosts) };
  });
  return { files, refused, tookMs: performance.now() - started };
}

/** `refused`: how many containers' files may not be read. */
export function filesReport(refused: number, { isRoot, tookMs }: { isRoot: boolean; tookMs: number }): SourceReport {
  if (refused === 0) return report('resolver', null, { status: 'ok', tookMs });
  return report('resolver', null, {
    status: 'partial',
    fault: isRoot ? 'refused' : 'notRoot',
    reason: `The resolver files of ${refused} ${refused === 1 ? 'container' : 'containers'} may not be read.`,
    fix: isRoot ? null : rootFix,
    tookMs,
  });
}

const known = (text: string | null | undefined): string | null =>
  text === undefined || text === 'refused' ? null : text;
