import type { EngineGeneration } from './engines.ts';

/** One way to run an engine that users have. */
export interface TestEngineKind {
  engine: EngineGeneration;
  iptables: 'nft' | 'legacy';
  userlandProxy: boolean;
}

/** Those that vethscope is held against. */
export const testEngineKinds: readonly TestEngineKind[] = [
  { engine: '20.10', iptables: 'nft', userlandProxy: true },
  { engine: '20.10', iptables: 'legacy', userlandProxy: true },
  { engine: '26.1', iptables: 'nft', userlandProxy: true },
  { engine: '28.5', iptables: 'nft', userlandProxy: true },
  { engine: '28.5', iptables: 'nft', userlandProxy: false },
];

export function kindName({ engine, iptables, userlandProxy }: TestEngineKind): string {
  return `${engine} ${iptables}${userlandProxy ? '' : ', no proxy'}`;
}

/** All, or those whose name contains one of the words given on the command line ("28.5", "legacy"). */
export function chosenKinds(words: readonly string[]): TestEngineKind[] {
  const chosen = testEngineKinds.filter(
    (kind) => words.length === 0 || words.some((word) => kindName(kind).includes(word)),
  );
  if (chosen.length > 0) return chosen;
  throw new Error(
    `No engine of the lab has "${words.join('" or "')}" in its name. There are: ${testEngineKinds.map(kindName).join('; ')}.`,
  );
}
