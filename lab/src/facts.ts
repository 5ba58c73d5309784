/** What is held against the independent reading, in the order of the printed table. */
export const factKinds = [
  'namespace',
  'link',
  'veth pair',
  'link below',
  'bridge port',
  'address',
  'route',
  'neighbour',
  'listener',
  'docker-proxy',
  'network',
  'container',
  'endpoint',
  'published port',
] as const;
export type FactKind = (typeof factKinds)[number];

/** One way to look at a host, as texts: for each kind of fact what it is about, and what is said of it. */
export class Facts {
  readonly #facts = new Map<FactKind, Map<string, string>>(factKinds.map((kind) => [kind, new Map()]));

  /** Adds a fact. Two about the same subject (two equal routes, say) are told apart by a number. */
  add(kind: FactKind, subject: string, says: string): void {
    const known = this.of(kind);
    let unique = subject;
    for (let again = 2; known.has(unique); again += 1) unique = `${subject} #${again}`;
    (known as Map<string, string>).set(unique, says);
  }

  of(kind: FactKind): ReadonlyMap<string, string> {
    return this.#facts.get(kind) ?? new Map();
  }

  count(kind: FactKind): number {
    return this.of(kind).size;
  }
}

export interface Difference {
  kind: FactKind;
  subject: string;
  /** What the kernel's and the engine's own tools say; null: nothing. */
  expected: string | null;
  /** What the Snapshot says; null: nothing. */
  actual: string | null;
}

/**
 * Where a Snapshot says something else than the tools. A host moves (neighbours age, addresses settle), so the tools are asked
 * before and after the Snapshot is taken: what they say both times must be in it, and it may say nothing that they said
 * neither time.
 */
export function differences(snapshot: Facts, tools: { before: Facts; after: Facts }): Difference[] {
  const found: Difference[] = [];
  for (const kind of factKinds) {
    const [before, actual, after] = [tools.before.of(kind), snapshot.of(kind), tools.after.of(kind)];
    for (const subject of new Set([...before.keys(), ...actual.keys(), ...after.keys()])) {
      const said = actual.get(subject) ?? null;
      const allowed = [before.get(subject) ?? null, after.get(subject) ?? null];
      if (!allowed.includes(said))
        found.push({ kind, subject, expected: allowed[1] ?? allowed[0] ?? null, actual: said });
    }
  }
  return found;
}

export function differenceText(difference: Difference): string {
  const { kind, subject, expected, actual } = difference;
  const head = `${kind} ${subject}`;
  if (actual === null) return `${head}: missing in the Snapshot; the tools say: ${expected}`;
  if (expected === null) return `${head}: only in the Snapshot, which says: ${actual}`;
  return `${head}:\n    tools     ${expected}\n    Snapshot  ${actual}`;
}
