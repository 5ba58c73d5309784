import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineSplitter } from './splitLines.ts';

function split(chunks: Buffer[], longest?: number): string[] {
  const lines: string[] = [];
  const push = lineSplitter((line) => lines.push(line), longest);
  for (const chunk of chunks) push(chunk);
  return lines;
}

it('gives the same lines however the bytes are cut, within characters too', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !text.includes('\n') && text.trim() !== '');
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(400)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const places = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
      expect(split(chunks)).toEqual(lines);
    }),
  );
});

it('keeps an unfinished line to itself', () => {
  expect(split([Buffer.from('{"a":1}\n{"b"')])).toEqual(['{"a":1}']);
});

it('drops a line without an end before it fills the memory, and goes on after it', () => {
  const chunks = ['x'.repeat(60), 'x'.repeat(60), 'x\nok\n'].map((text) => Buffer.from(text));
  expect(split(chunks, 100)).toEqual(['ok']);
});
