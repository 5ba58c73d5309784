import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Switches of the whole machine, which no namespace has of its own. The lab turns them for as long as it listens. Who has one turned leaves a file
 * with its process id, so that what a killed run left is put back by the next one, and that two runs do not put it back under each other.
 */

const folder = '/run/vethscope-lab/machine-switches';

interface MachineSwitch {
  file: string;
  turned: string;
  /** The kernel's default, which is what it is put back to: the value that was found may be that of a killed run. */
  resting: () => string;
}

const switches = {
  /** By default the kernel logs nothing of what happens in a namespace other than the machine's own. */
  logAllNamespaces: {
    file: '/proc/sys/net/netfilter/nf_log_all_netns',
    turned: '1',
    resting: () => '0',
  },
  /** A router sends few errors a second to one machine; the burst is five times the cost. Source: kernel route.c ip_rt_error_cost, ip_rt_error_burst. */
  routeErrorCost: {
    file: '/proc/sys/net/ipv4/route/error_cost',
    turned: '0',
    resting: () => String(Number(readFileSync('/proc/sys/net/ipv4/route/error_burst', 'utf8')) / 5),
  },
} satisfies Record<string, MachineSwitch>;

type SwitchName = keyof typeof switches;

const held = new Map<SwitchName, number>();
const names = Object.keys(switches) as SwitchName[];
const fileOf = (name: SwitchName): string => join(folder, `${name}.${process.pid}`);

/** Turns a switch until it is disposed of, or this process ends. */
export async function turnMachineSwitch(name: SwitchName): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true });
  const { file, turned } = switches[name];
  if (held.size === 0) watchTheEnd();
  held.set(name, (held.get(name) ?? 0) + 1);
  await writeFile(fileOf(name), '');
  await writeFile(file, turned);
  return {
    [Symbol.asyncDispose]: async () => {
      const left = (held.get(name) ?? 1) - 1;
      held.set(name, left);
      if (left === 0) putBack(name);
    },
  };
}

/** Puts back what a run left turned that was killed. */
export function putBackMachineSwitches(): void {
  for (const name of names) putBack(name);
}

/** Synchronous: it runs when the process ends. */
function putBack(name: SwitchName): void {
  rmSync(fileOf(name), { force: true });
  const { file, turned, resting } = switches[name];
  if (holders(name).length > 0 || read(file) !== turned) return;
  writeFileSync(file, resting());
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // The module is not loaded: then nobody has turned it.
    return null;
  }
}

/** Processes that live and have it turned. */
function holders(name: SwitchName): string[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files.filter((file) => {
    const [of, pid = ''] = file.split('.');
    if (of !== name) return false;
    try {
      process.kill(Number(pid), 0);
      return true;
    } catch {
      rmSync(join(folder, file), { force: true });
      return false;
    }
  });
}

let watched = false;

/** A signal ends the process without its own end: it is put back first, and the signal sent again. */
function watchTheEnd(): void {
  if (watched) return;
  watched = true;
  process.once('exit', putBackMachineSwitches);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      putBackMachineSwitches();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
