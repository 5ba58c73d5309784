import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { changeSentence, compareSnapshots } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { expect, it } from 'vitest';
import { byKind, comparisonMarkdown, countChanges } from './comparisonMarkdown.ts';

const [older, newer] = [fixtureNames[1], fixtureNames[3]].map((name) => snapshotOf(parseRecording(readFixture(name))));
if (!older || !newer) throw new Error('The recordings are gone.');
const comparison = compareSnapshots(older, newer);

it('tells each change once, under its kind', () => {
  const groups = byKind(comparison.changes);
  expect(groups.flatMap(({ changes }) => changes).map(changeSentence)).toEqual(comparison.changes.map(changeSentence));
  const text = comparisonMarkdown(comparison);
  expect(text.match(/^- /gm)).toHaveLength(comparison.changes.length);
  expect(text.match(/^### /gm)).toHaveLength(groups.length);
});

it('counts what came, went and changed', () => {
  const { came, went, changed } = countChanges(comparison.changes);
  expect(came + went + changed).toBe(comparison.changes.length);
  expect(countChanges(compareSnapshots(newer, older).changes)).toMatchObject({ came: went, went: came });
});

it('lets no name format, link or break a line', () => {
  const text = comparisonMarkdown({
    ...comparison,
    changes: [
      {
        kind: 'container',
        change: 'came',
        title: '[x](javascript:1)\n# <img src=x> `a` | *b*',
        place: null,
        note: '',
        fields: [],
        before: null,
        after: null,
      },
    ],
  });
  expect(text).not.toMatch(/(?<!\\)[<[`*|]/);
  expect(text.match(/^#/gm)).toHaveLength(2);
});
