import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runDirectory } from './paths.ts';

/** The cgroup below which a test host's containers are, for `dockerd --cgroup-parent`. */
export function cgroupParent(folder: string): string {
  return `/vethscope-lab-${basename(folder)}`;
}

/** A new folder for a test host, marked with the process that owns it. */
export async function makeRunFolder(name: string): Promise<string> {
  const base = runDirectory();
  await mkdir(base, { recursive: true, mode: 0o755 });
  await sweepRunFolders(base);
  const folder = await mkdtemp(join(base, `${name}-`));
  await writeFile(join(folder, 'owner'), await identity(process.pid));
  return folder;
}

/** What is left of a host after its processes were killed: its folder and its containers' cgroups. */
export async function removeRunFolder(folder: string): Promise<void> {
  await thaw(folder);
  await removeCgroups(cgroupParent(folder));
  await rm(folder, { recursive: true, force: true });
}

/**
 * Lets paused containers run, so that they can be killed: with cgroup v1 a frozen process does not even take a SIGKILL, and its
 * pid namespace waits for it forever. (With cgroup v2 it does.)
 */
export async function thaw(folder: string): Promise<void> {
  const parent = `/sys/fs/cgroup/freezer${cgroupParent(folder)}`;
  const containers = await readdir(parent).catch(() => []);
  // Fails for what is no folder, and for those that are gone already.
  await Promise.allSettled(containers.map((id) => writeFile(join(parent, id, 'freezer.state'), 'THAWED')));
}

/** Removes the folders of owners that died without cleaning up. Their processes are gone: the kernel saw to that. */
export async function sweepRunFolders(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const folder = join(base, name);
    const owner = await readFile(join(folder, 'owner'), 'utf8').catch(() => null);
    // A folder without an owner is one that is being made at this moment.
    if (owner === null) continue;
    const pid = Number(owner.split(' ')[0]);
    if ((await identity(pid)) !== owner) await removeRunFolder(folder);
  }
}

/** "PID START-TIME": a number alone may have been given to another process since. "PID gone" where there is no such process. */
async function identity(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The program's name, in brackets, may hold spaces: the fields are counted from behind it (start time is field 22).
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${pid} ${started ?? 'gone'}`;
}

async function removeCgroups(parent: string): Promise<void> {
  const top = '/sys/fs/cgroup';
  const hierarchies = await readdir(top, { withFileTypes: true }).catch(() => []);
  const tops = [top, ...hierarchies.filter((entry) => entry.isDirectory()).map((entry) => join(top, entry.name))];
  // The kernel empties the cgroups of killed processes a moment after it has killed them.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const gone = await Promise.all(tops.map((hierarchy) => removeCgroupTree(hierarchy + parent)));
    if (gone.every(Boolean)) return;
    await sleep(25);
  }
}

async function removeCgroupTree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return true;
  for (const entry of entries) if (entry.isDirectory()) await removeCgroupTree(join(folder, entry.name));
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
