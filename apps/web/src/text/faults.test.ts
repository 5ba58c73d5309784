import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { parseFind } from '@vethscope/graph';
import { errorCodes, VethscopeError } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { asFields, readQuestion } from '@vethscope/path';
import { expect, it } from 'vitest';
import { ko } from './ko/ko.ts';

const { find, question } = ko.packages;

it.each([
  'name:"web',
  '-',
  'nmae:web',
  'zzzzz:web',
  'net:',
  'port:http',
  'ip:host',
  'is:stoped',
  'is:zzzzz',
  'state:up',
])('says in Korean what is wrong with the expression %s, at the same place', (expression) => {
  const [korean, english] = [parseFind(expression, find), parseFind(expression)];
  if (korean.ok || english.ok) throw new Error('It is right.');
  expect(korean.error.message).toMatch(/(니다|십시오)\.$/);
  expect(korean.error.hint).toMatch(/[가-힣]/);
  expect([korean.error.at, korean.error.length]).toEqual([english.error.at, english.error.length]);
});

const snapshot = snapshotOf(parseRecording(readFixture(fixtureNames[0] ?? '')));

function faultOf(from: string, to: string, rest: { proto?: string; sourcePort?: string }, korean: boolean) {
  try {
    const words = { from, to, proto: rest.proto ?? 'tcp', sourcePort: rest.sourcePort };
    readQuestion(snapshot, words, { spelling: asFields, faults: korean ? question : undefined });
  } catch (error) {
    if (error instanceof VethscopeError) return error.toBody();
  }
  throw new Error('It is right.');
}

it.each([
  ['wbe', 'host:80', {}],
  ['nobody-at-all', 'host:80', {}],
  ['container:', 'host:80', {}],
  ['stopped', 'host:80', {}],
  ['hots', 'host:80', {}],
  ['300.1.2.3', 'host:80', {}],
  ['10.0.0.0/8', 'host:80', {}],
  ['web', 'api', {}],
  ['web', 'api:http', {}],
  ['web', ':80', {}],
  ['web', 'ap1:80', {}],
  ['web', '2001:db8::1', {}],
  ['web', '[2001:db8::1]x:80', {}],
  ['web', 'internet:80', {}],
  ['web', 'api:80', { proto: 'tpc' }],
  ['web', 'api:80', { proto: 'icmp' }],
  ['web', 'api', { proto: 'icmp', sourcePort: '53' }],
])('says in Korean what is wrong with the question from %s to %s %j, of the same word', (from, to, rest) => {
  const [korean, english] = [faultOf(from, to, rest, true), faultOf(from, to, rest, false)];
  expect(korean).toMatchObject({ code: english.code, where: english.where });
  expect(korean.message).toMatch(/니다\.$/);
  if (!english.fix?.startsWith('docker ')) expect(korean.fix).toMatch(/[가-힣]/);
});

it('has a sentence for every code of an error, with the names and numbers that it speaks of', () => {
  const said = errorCodes.map((code) => ko.packages.error({ code, message: 'English.', where: null, fix: 'Do it.' }));
  expect(new Set(said.map(({ message }) => message)).size).toBe(errorCodes.length);
  for (const { message, fix } of said) {
    expect(message).toMatch(/니다\.$/);
    expect(fix ?? '가').toMatch(/[가-힣]/);
  }
  const body = new VethscopeError('sourceFailed', 'brctl is not installed.', {
    about: ['brctl'],
    fix: 'apt install brctl',
  });
  expect(ko.packages.error(body.toBody())).toEqual({
    message: '호스트에서 읽지 못했습니다: brctl.',
    fix: 'apt install brctl',
  });
});
