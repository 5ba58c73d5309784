import type { Chain, Rule } from '@vethscope/model';
import type { Change } from './comparison.ts';
import { pairThings, type Thing } from './pairThings.ts';
import type { SideNames } from './sideNames.ts';

/** A chain under the name by which it is known again: "host iptables-nft ip/nat/DOCKER". */
interface NamedChain {
  key: string;
  title: string;
  place: string;
  chain: Chain;
}

function namedChains(names: SideNames): Map<string, NamedChain> {
  const { table, chain } = names.snapshot.records;
  const found = new Map<string, NamedChain>();
  for (const each of Object.values(chain)) {
    const owner = table[each.table];
    if (!owner) continue;
    const place = names.sandbox(each.sandbox);
    const title = `${owner.family} ${owner.name} ${each.name}`;
    found.set(`${place} ${owner.backend} ${title}`, {
      key: `${place} ${owner.backend} ${title}`,
      title,
      place,
      chain: each,
    });
  }
  return found;
}

/** Chains, and rules in the chains that are in both, in the order in which the kernel tries them; sets. */
export function compareRules(before: SideNames, after: SideNames): Change[] {
  const [left, right] = [namedChains(before), namedChains(after)];
  const places = new Set([...left.values()].map(({ place }) => place));
  const kept = new Set([...right.values()].filter(({ place }) => places.has(place)).map(({ place }) => place));
  const things = (chains: Map<string, NamedChain>) =>
    [...chains.values()].filter(({ place }) => kept.has(place)).map(chainThing);
  const rules = [...right.values()].flatMap((now) => {
    const old = left.get(now.key);
    return old ? ruleChanges(before, after, { old, now }) : [];
  });
  return [
    ...pairThings('chain', things(left), things(right)),
    ...rules,
    ...pairThings('set', setThings(before, kept), setThings(after, kept)),
  ];
}

function chainThing({ key, title, place, chain }: NamedChain): Thing {
  const count = chain.rules.length;
  return {
    key,
    title,
    place,
    note: `${count} ${count === 1 ? 'rule' : 'rules'}`,
    record: chain.id,
    fields: {
      policy: chain.policy,
      hook: chain.hook,
      priority: chain.priority === null ? null : String(chain.priority),
    },
  };
}

function setThings(names: SideNames, kept: ReadonlySet<string>): Thing[] {
  const { netfilterSet, table } = names.snapshot.records;
  return Object.values(netfilterSet)
    .filter((set) => kept.has(names.sandbox(set.sandbox)))
    .map((set) => {
      const place = names.sandbox(set.sandbox);
      const owner = set.table === null ? undefined : table[set.table];
      const title = owner ? `${owner.family} ${owner.name} ${set.name}` : set.name;
      return {
        key: `${place} ${title}`,
        title,
        place,
        note: `${set.elements.length} elements`,
        record: set.id,
        fields: { elements: [...set.elements].sort().join(', ') },
      };
    });
}

interface Both {
  old: NamedChain;
  now: NamedChain;
}

/** What stays keeps its order: the least that has to be taken out and put in to make one chain of the other. */
function ruleChanges(before: SideNames, after: SideNames, { old, now }: Both): Change[] {
  const rulesOf = (names: SideNames, chain: Chain) =>
    chain.rules.flatMap((id) => names.snapshot.records.rule[id] ?? []);
  const [left, right] = [rulesOf(before, old.chain), rulesOf(after, now.chain)];
  const texts = {
    left: left.map(({ text }) => before.sameWords(text)),
    right: right.map(({ text }) => after.sameWords(text)),
  };
  if (texts.left.join('\n') === texts.right.join('\n')) return [];
  const { onlyLeft, onlyRight } = difference(texts.left, texts.right);
  const change = (which: 'came' | 'went', rule: Rule | undefined, position: number): Change[] =>
    rule
      ? [
          {
            kind: 'rule',
            change: which,
            title: rule.text,
            place: now.place,
            note: `${now.title}, rule ${position + 1}`,
            fields: [],
            before: which === 'went' ? rule.id : null,
            after: which === 'came' ? rule.id : null,
          },
        ]
      : [];
  return [
    ...onlyLeft.flatMap((position) => change('went', left[position], position)),
    ...onlyRight.flatMap((position) => change('came', right[position], position)),
  ];
}

/** More cells than this, and the middle parts are compared as sets: chains of thousands of rules that have nothing to do with each other. */
const mostCells = 4_000_000;

/** Positions of what stands in one list only, by their longest common subsequence. The same beginning and end cost nothing. */
export function difference(
  left: readonly string[],
  right: readonly string[],
): { onlyLeft: number[]; onlyRight: number[] } {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const [rows, columns] = [leftEnd - start, rightEnd - start];
  if (rows * columns > mostCells) {
    const [a, b] = [new Set(left.slice(start, leftEnd)), new Set(right.slice(start, rightEnd))];
    return {
      onlyLeft: range(start, leftEnd).filter((at) => !b.has(left[at] ?? '')),
      onlyRight: range(start, rightEnd).filter((at) => !a.has(right[at] ?? '')),
    };
  }
  // lengths[i][j]: of the longest common subsequence of what begins at i and at j.
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[i * width + j] =
        left[start + i] === right[start + j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const onlyLeft: number[] = [];
  const onlyRight: number[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    if (i < rows && j < columns && left[start + i] === right[start + j]) {
      i += 1;
      j += 1;
    } else if (j >= columns || (i < rows && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      onlyLeft.push(start + i);
      i += 1;
    } else {
      onlyRight.push(start + j);
      j += 1;
    }
  }
  return { onlyLeft, onlyRight };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
