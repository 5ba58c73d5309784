import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { type Leg, recordTypes, type Snapshot, type Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { reachQuestion, reachSources, reachTargets, tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { sentences } from './ko/path/sentences.ts';

/** Programs, standards and words of the kernel: they are the same in every language. */
const terms = new Set(
  [
    'Docker docker docker-proxy dockerd conntrack netfilter nft ipset ipvlan macvlan dummy IPsec network connect create',
    'accept drop reject with tcp reset icmp sctp udp new established related untracked invalid strict loose',
    'icc false enable_icc rp_filter route_localnet netmap tproxy transparent via dev main local',
  ].flatMap((line) => line.split(' ')),
);

/** Words of English in a Korean sentence: what is no term, no name, and no part of a rule, which is quoted as it is. */
function englishIn(korean: string, names: ReadonlySet<string>): string[] {
  const words = korean.replace(/“[^”]*”|-o \S+/g, '').match(/[A-Za-z][\w./:-]*/g) ?? [];
  return words
    .map((word) => word.replace(/[.:]$/, ''))
    .filter((word) => /^[A-Za-z-]*[a-z]{3}[A-Za-z-]*$/.test(word) && !terms.has(word) && !names.has(word));
}

type Words = string | ((...values: never[]) => string) | { [key: string]: Words };

/** Every sentence with its path. */
function sentencesOf(words: Words, path = ''): [string, Exclude<Words, { [key: string]: Words }>][] {
  if (typeof words !== 'object') return [[path, words]];
  return Object.entries(words).flatMap(([key, inner]) => sentencesOf(inner, path === '' ? key : `${path}.${key}`));
}

/** A value of any kind: a name, a number, a place, a list, a packet. What is asked of it is another such value. */
function anything(text: string): never {
  const known: Record<string | symbol, unknown> = {
    [Symbol.toPrimitive]: () => text,
    [Symbol.iterator]: () => [anything(text)].values(),
    kind: 'container',
    side: 'source',
    join: () => text,
    map: () => [text],
  };
  return new Proxy(() => text, { get: (_, key) => known[key] ?? anything(text) }) as never;
}

const said = (sentence: string | ((...values: never[]) => string)): string =>
  typeof sentence === 'string' ? sentence : sentence(anything('N1'), anything('N2'), anything('N3'));

const all = sentencesOf(sentences as unknown as Words);

describe('what the path engine says in Korean', () => {
  it('has every sentence without a word of English', () => {
    expect(all.length).toBeGreaterThan(150);
    const english = all.flatMap(([path, sentence]) => {
      const found = englishIn(said(sentence), new Set(['container', 'etc/hosts']));
      return found.length === 0 ? [] : [`${path}: ${said(sentence)} (${found.join(', ')})`];
    });
    expect(english).toEqual([]);
  });

  it('ends a sentence as one, and a reason as a part of one', () => {
    const texts = (group: string) =>
      all.filter(([path]) => path.startsWith(`${group}.`) && !path.includes('resolvers'));
    const wrong = [
      ...[...texts('step'), ...texts('cause'), ...texts('fix')].filter(([, sentence]) => !/[.]$/.test(said(sentence))),
      ...texts('why').filter(
        ([, sentence]) => /[.]$/.test(said(sentence)) || !/니다(\(.+\))?(: \S+)?$/.test(said(sentence)),
      ),
    ];
    expect(wrong.map(([path, sentence]) => `${path}: ${said(sentence)}`)).toEqual([]);
  });
});

const stepsOf = ({ hops, reply }: Leg) => [...hops, ...reply].flatMap(({ steps }) => steps);

/** What a trace is apart from its sentences. */
const silent = (trace: Trace) =>
  JSON.stringify(trace, (key, value) => (['sentence', 'fix', 'why', 'by', 'failed'].includes(key) ? null : value));

function namesIn({ records }: Snapshot): Set<string> {
  const names = recordTypes.flatMap((type) =>
    Object.values(records[type]).flatMap((each) => ('name' in each ? [each.name] : [])),
  );
  return new Set(names);
}

describe('a path in Korean', () => {
  it.each(fixtureNames)('is that in English with other words: %s', (fixture) => {
    const snapshot = snapshotOf(parseRecording(readFixture(fixture)));
    const names = namesIn(snapshot);
    const english = new Set<string>();
    let asked = 0;
    for (const source of reachSources(snapshot).slice(0, 9)) {
      for (const target of reachTargets(snapshot).slice(0, 25)) {
        const question = reachQuestion(source, target);
        const korean = tracePath(snapshot, question, { sentences });
        expect(silent(korean)).toBe(silent(tracePath(snapshot, question)));
        asked += 1;
        const steps = korean.legs.flatMap(stepsOf).filter(({ kind }) => kind !== 'chain' && kind !== 'route');
        for (const { sentence } of [...steps, korean.cause, ...korean.blockers]) {
          if (englishIn(sentence, names).length > 0 || !/[가-힣]/.test(sentence)) english.add(sentence);
        }
      }
    }
    expect(asked).toBeGreaterThan(50);
    expect([...english]).toEqual([]);
  });
});
