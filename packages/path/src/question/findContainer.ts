import type { Container, Snapshot } from '@vethscope/model';
import { nearestName } from './nearestName.ts';
import { type At, usage } from './usage.ts';

const shortestIdPrefix = 4;

/**
 * The container that a word means: its name, else the beginning of its id, else its compose service. Throws `usage` where there is none, or
 * more than one.
 */
export function findContainer({ records }: Snapshot, word: string, { where, faults }: At): Container {
  const containers = Object.values(records.container);
  const name = word.replace(/^\//, '');
  if (name === '') throw usage(faults.containerNameMissing, where);
  const isId = new RegExp(`^[0-9a-f]{${shortestIdPrefix},64}$`).test(name);
  for (const found of [
    containers.filter((one) => one.name === name),
    isId ? containers.filter(({ engineId }) => engineId.startsWith(name)) : [],
    containers.filter(({ composeService }) => composeService === name),
  ]) {
    const [first] = found;
    if (found.length > 1) throw usage(faults.severalContainers(name, found.map((one) => one.name).sort()), where);
    if (first !== undefined) return first;
  }
  throw usage(faults.noContainer(name, meantName(containers, name)), where);
}

/** The name that was probably meant, else all that there are. */
export function meantName(
  containers: readonly Container[],
  name: string,
): { near: string } | { names: readonly string[] } {
  const names = containers.map((one) => one.name).sort();
  const near = nearestName(name, names);
  return near === null ? { names } : { near };
}
