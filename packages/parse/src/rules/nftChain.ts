import type { Chain, NftExpression } from '@vethscope/model';

type Attributes = Pick<Chain, 'kind' | 'hook' | 'priority' | 'policy' | 'devices'>;

const kinds: Record<string, Chain['kind']> = { filter: 'filter', nat: 'nat', route: 'route' };
const hooks: Record<string, Chain['hook']> = {
  ingress: 'ingress',
  prerouting: 'prerouting',
  input: 'input',
  forward: 'forward',
  output: 'output',
  postrouting: 'postrouting',
  egress: 'egress',
};

/** Names of priorities (nft(8), "Standard priority names"); a bridge has numbers of its own. */
const priorities: Record<string, number> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};
const bridgePriorities: Record<string, number> = { dstnat: -300, filter: -200, out: 100, srcnat: 300 };

const named = <T>(names: Record<string, T>, name: NftExpression | undefined): T | null =>
  typeof name === 'string' && Object.hasOwn(names, name) ? (names[name] ?? null) : null;

/** A number, "filter", "dstnat + 10" or "mangle-5"; null where it is none of these. */
function readPriority(text: NftExpression | undefined, family: string): number | null {
  if (typeof text === 'number') return text;
  if (typeof text !== 'string') return null;
  const read = /^\s*(?:([a-z]+)|(-?\d+))\s*(?:([+-])\s*(\d+))?\s*$/.exec(text);
  if (read === null) return null;
  const names = family === 'bridge' ? bridgePriorities : priorities;
  const base = read[1] === undefined ? Number(read[2]) : Object.hasOwn(names, read[1]) ? names[read[1]] : undefined;
  if (base === undefined) return null;
  return base + (read[3] === undefined ? 0 : Number(`${read[3]}${read[4]}`));
}

/** What makes a base chain of an entry "chain"; `problem` says which of it was not understood. */
export function readNftChain(value: { [key: string]: NftExpression }): {
  attributes: Attributes;
  problem: string | null;
} {
  const devices = [value.dev ?? []].flat().map(String);
  if (value.hook === undefined && value.type === undefined)
    return { attributes: { kind: null, hook: null, priority: null, policy: null, devices }, problem: null };
  const kind = named(kinds, value.type);
  const hook = named(hooks, value.hook);
  const priority = readPriority(value.prio, String(value.family));
  const policy = value.policy === 'drop' ? 'drop' : 'accept';
  const unknown = [
    kind === null ? 'type' : null,
    hook === null ? 'hook' : null,
    priority === null ? 'priority' : null,
    value.policy !== undefined && value.policy !== 'accept' && value.policy !== 'drop' ? 'policy' : null,
  ].filter((name) => name !== null);
  const problem = unknown.length === 0 ? null : `the chain's ${unknown.join(', ')} is not known`;
  return { attributes: { kind, hook, priority, policy, devices }, problem };
}
