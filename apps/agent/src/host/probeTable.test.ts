import { probeTable as ofModel } from '@vethscope/model';
import { expect, it } from 'vitest';
import { readMessages } from './netlinkMessage.ts';
import { makeTable, probeTable, removeTable } from './probeTable.ts';

it('has the name that the model leaves out of every Snapshot', () => {
  expect(probeTable).toEqual(ofModel);
});

it('numbers its messages one by one, and asks for a word on each between begin and end', () => {
  const match = {
    family: 4,
    protocol: 'tcp',
    source: '10.0.0.1',
    destination: null,
    sourcePort: 40_000,
    destinationPort: null,
    echoId: null,
    direction: 'request',
  } as const;
  for (const batch of [makeTable([match, match], { owned: true, sequence: 7 }), removeTable(7)]) {
    const { messages, malformed } = readMessages(batch.bytes, batch.bytes.length);
    expect(malformed).toBe(false);
    expect(messages.map(({ sequence }) => sequence)).toEqual(messages.map((_, at) => 7 + at));
    expect(batch.acknowledged).toEqual(messages.slice(1, -1).map(({ sequence }) => sequence));
  }
});

it('cannot be made to match an address that is none', () => {
  const match = { family: 4, protocol: 'udp', source: '10.0.0.1; flush ruleset', destination: null } as const;
  const rest = { sourcePort: null, destinationPort: null, echoId: null, direction: 'request' } as const;
  expect(() => makeTable([{ ...match, ...rest }], { owned: true, sequence: 1 })).toThrow(TypeError);
});
