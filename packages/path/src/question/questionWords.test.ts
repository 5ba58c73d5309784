import type { QuestionInput } from '@vethscope/model';
import { expect, it } from 'vitest';
import { recorded } from '../testTrace.ts';
import { questionWords, traceCommandLine } from './questionWords.ts';
import { readQuestion } from './readQuestion.ts';

const questions: QuestionInput[] = [
  { from: { kind: 'internet' }, to: { kind: 'host', port: 8080 }, protocol: 'tcp' },
  { from: { kind: 'host' }, to: { kind: 'container', name: 'api', port: 80 }, protocol: 'udp' },
  { from: { kind: 'container', name: 'web' }, to: { kind: 'name', name: 'api', port: 80 }, protocol: 'tcp' },
  { from: { kind: 'container', name: 'web' }, to: { kind: 'container', name: 'api', port: null }, protocol: 'icmp' },
  {
    from: { kind: 'address', address: '2001:db8::1' },
    to: { kind: 'address', address: '2001:db8::2', port: 80 },
    protocol: 'tcp',
  },
  { from: { kind: 'host' }, to: { kind: 'address', address: '2001:db8::2', port: null }, protocol: 'icmp' },
  { from: { kind: 'host' }, to: { kind: 'host', port: 53 }, protocol: 'udp', sourcePort: 53 },
];

it.each(questions)('a question in words is read as the same question: %j', (question) => {
  expect(readQuestion(recorded(), questionWords(question))).toEqual(question);
});

it('a container that is called like a place is named as a container', () => {
  const named = (name: string) =>
    questionWords({ from: { kind: 'container', name }, to: { kind: 'host', port: 1 }, protocol: 'tcp' }).from;
  expect([named('host'), named('internet'), named('10.0.0.1'), named('web')]).toEqual([
    'container:host',
    'container:internet',
    'container:10.0.0.1',
    'web',
  ]);
});

it('is quoted for a shell where a shell would read it otherwise', () => {
  expect(traceCommandLine({ from: 'host', to: '[2001:db8::2]:80', proto: 'udp', sourcePort: '53' })).toBe(
    "vethscope trace --from host --to '[2001:db8::2]:80' --proto udp --source-port 53",
  );
});
