import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWord, splitWords } from './words.ts';

const texts = (line: string) => splitWords(line).words.map((word) => word.text);

describe('splitWords', () => {
  it('parts at blanks and keeps where a word stood', () => {
    expect(splitWords('-A  INPUT\t-j DROP').words).toEqual([
      { text: '-A', start: 0, end: 2, quoted: false },
      { text: 'INPUT', start: 4, end: 9, quoted: false },
      { text: '-j', start: 10, end: 12, quoted: false },
      { text: 'DROP', start: 13, end: 17, quoted: false },
    ]);
  });

  it('holds together what stands in quotes, and unescapes it', () => {
    expect(texts(String.raw`--comment "it\'s a \"b\" \\ -j DROP" -j ACCEPT`)).toEqual([
      '--comment',
      String.raw`it's a "b" \ -j DROP`,
      '-j',
      'ACCEPT',
    ]);
  });

  it('keeps an empty quoted word', () => {
    expect(splitWords('a "" b').words.map(({ text, quoted }) => ({ text, quoted }))).toEqual([
      { text: 'a', quoted: false },
      { text: '', quoted: true },
      { text: 'b', quoted: false },
    ]);
  });

  it('says that a quoted word does not end', () => {
    expect(splitWords('a "b c').open).toBe(true);
    expect(splitWords('a "b\\').open).toBe(true);
    expect(splitWords('a "b c"').open).toBe(false);
  });

  it('reads back every list of words that quoteWord prints', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (words) => {
        expect(texts(words.map(quoteWord).join(' '))).toEqual(words);
      }),
    );
  });

  it('takes any text, and its words lie where it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (line) => {
        for (const { text, start, end, quoted } of splitWords(line).words)
          if (!quoted) expect(line.slice(start, end)).toBe(text);
      }),
    );
  });
});
