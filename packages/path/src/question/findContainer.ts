import { type Container, type Snapshot, VethscopeError } from '@vethscope/model';
import { nearestName } from './nearestName.ts';

const shortestIdPrefix = 4;

/**
 * The container that a word means: its name, else the beginning of its id, else its compose service. Throws `usage` where there is none, or
 * more than one. `where` is the option as it was typed.
 */
export function findContainer({ records }: Snapshot, word: string, where: string): Container {
  const containers = Object.values(records.container);
  const name = word.replace(/^\//, '');
  if (name === '')
    throw new VethscopeError('usage', 'The name of a container is missing.', { where, fix: 'Write container:NAME.' });
  const isId = new RegExp(`^[0-9a-f]{${shortestIdPrefix},64}$`).test(name);
  for (const found of [
    containers.filter((one) => one.name === name),
    isId ? containers.filter(({ engineId }) => engineId.startsWith(name)) : [],
    containers.filter(({ composeService }) => composeService === name),
  ]) {
    const [first] = found;
    if (found.length > 1) {
      const list = found.map((one) => one.name).sort();
      throw new VethscopeError('usage', `"${name}" means ${found.length} containers: ${list.join(', ')}.`, {
        where,
        fix: `Name one of them: container:${list[0] ?? name}.`,
      });
    }
    if (first !== undefined) return first;
  }
  throw noContainer(containers, name, where);
}

/** That there is no such container, with the name that was probably meant. */
export function noContainer(containers: readonly Container[], name: string, where: string): VethscopeError {
  const names = containers.map((one) => one.name).sort();
  const near = nearestName(name, names);
  const fix =
    near !== null
      ? `Did you mean "${near}"?`
      : names.length === 0
        ? 'No containers were read: is the Docker Engine running?'
        : `There are: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}.`;
  return new VethscopeError('usage', `There is no container with the name "${name}".`, { where, fix });
}
