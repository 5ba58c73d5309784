import { describe, expect, it } from 'vitest';
import { differences, differenceText, Facts } from './facts.ts';

function facts(...links: [subject: string, says: string][]): Facts {
  const made = new Facts();
  for (const [subject, says] of links) made.add('link', subject, says);
  return made;
}

describe('differences', () => {
  it('are none between equals', () => {
    const before = facts(['a', 'up'], ['b', 'down']);
    expect(differences(facts(['b', 'down'], ['a', 'up']), { before, after: before })).toEqual([]);
  });

  it('name what is missing, what is too much and what is otherwise', () => {
    const tools = facts(['gone', 'up'], ['other', 'up']);
    const found = differences(facts(['other', 'down'], ['new', 'up']), { before: tools, after: tools });
    expect(found.map(differenceText)).toEqual([
      'link gone: missing in the Snapshot; the tools say: up',
      'link other:\n    tools     up\n    Snapshot  down',
      'link new: only in the Snapshot, which says: up',
    ]);
  });

  it('are not what changed while the Snapshot was taken', () => {
    const before = facts(['aged', 'up'], ['changed', 'one']);
    const after = facts(['changed', 'two'], ['born', 'up']);
    expect(differences(facts(['aged', 'up'], ['changed', 'two']), { before, after })).toEqual([]);
    expect(differences(facts(['born', 'up'], ['changed', 'one']), { before, after })).toEqual([]);
    expect(differences(facts(['changed', 'three']), { before, after })).toHaveLength(1);
  });

  it('count two equal facts as two', () => {
    const twice = facts(['a', ''], ['a', '']);
    expect(twice.count('link')).toBe(2);
    expect(differences(facts(['a', '']), { before: twice, after: twice })).toHaveLength(1);
  });
});
