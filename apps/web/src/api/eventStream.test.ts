import { expect, it } from 'vitest';
import { createEventParser, type ServerEvent } from './eventStream.ts';

function parse(...chunks: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = createEventParser((event) => events.push(event));
  for (const chunk of chunks) parser.push(chunk);
  return events;
}

it('reads an event with its name and id', () => {
  expect(parse('event: diff\nid: e:2\ndata: {"a":1}\n\n')).toEqual([{ event: 'diff', data: '{"a":1}', id: 'e:2' }]);
});

it('reads the same however the bytes are cut', () => {
  const text = 'event: diff\r\nid: e:2\r\ndata: one\r\ndata: two\r\n\r\n: keep-alive\r\n\r\ndata: three\r\n\r\n';
  const whole = parse(text);
  expect(whole.map(({ data }) => data)).toEqual(['one\ntwo', 'three']);
  expect(parse(...text)).toEqual(whole);
});

it('keeps the last id for events that carry none, and skips comments', () => {
  expect(parse(': hello\n\nid: 7\ndata: a\n\ndata: b\n\n').map(({ id }) => id)).toEqual(['7', '7']);
});

it('gives nothing for an event that has not ended', () => {
  expect(parse('data: half')).toEqual([]);
});
