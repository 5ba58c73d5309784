import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects all garbage, and hands what is free to the kernel: V8 and malloc keep what a busy moment took for the next one. Takes some 50 ms, so it is for
 * an agent that nobody watches. Where libc has no malloc_trim(3), as musl, only the first half is done.
 */
export function giveMemoryBack(): void {
  collect ??= collector();
  collect();
  trim ??= trimmer();
  trim();
}

let collect: (() => void) | undefined;
let trim: (() => void) | undefined;

/** V8's own collection: Node has it behind a flag, which may be set late for a context that is made after it. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void found() : () => {};
}

function trimmer(): () => void {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    const mallocTrim = koffi.load(null).func('int malloc_trim(size_t)');
    return () => void mallocTrim(0);
  } catch {
    return () => {};
  }
}
