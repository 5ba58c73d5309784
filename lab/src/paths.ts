import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this package stands in: two folders above this file's package. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the engines' roots are kept between runs. Outside the repository: it holds device nodes and half a gigabyte each. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.VETHSCOPE_LAB_CACHE || '/var/cache/vethscope-lab';
}

/** Where running test hosts have their sockets and logs. Short, because the path of a unix socket holds 107 bytes. */
export function runDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.VETHSCOPE_LAB_RUN || '/run/vethscope-lab';
}

export const bootScript = join(dirname(fileURLToPath(import.meta.url)), 'testHostBoot.sh');
