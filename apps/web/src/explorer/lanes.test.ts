import type { TraceMarks } from '@vethscope/graph';
import { emptyRecords, type Hop, type Packet, type Snapshot, type Step, type Trace } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { headerChanges, lanesOf } from './lanes.ts';
import { pathOverlay } from './pathOverlay.ts';

const packet: Packet = {
  family: 4,
  protocol: 'tcp',
  source: '203.0.113.9',
  sourcePort: 40_000,
  destination: '198.18.0.28',
  destinationPort: 8080,
  icmpType: null,
  mark: 0,
  ctState: null,
  inLink: null,
  outLink: null,
};
const translated = { ...packet, destination: '172.17.0.2', destinationPort: 80 };
const about = { before: packet, after: packet, touches: [], sentence: 'said' };
const receive: Step = { ...about, kind: 'receive', link: null };
const translate: Step = { ...about, kind: 'translate', rule: null, after: translated };
const transmit: Step = { ...about, kind: 'transmit', link: null };
const silent: Step = {
  ...about,
  kind: 'chain',
  hook: 'input',
  family: 'ip',
  table: 'filter',
  chain: { chain: 'c', name: 'INPUT', evaluated: [], passedOver: 0, verdict: 'accept' },
  verdict: 'accept',
  byPolicy: true,
  certain: false,
};

const hops: Hop[] = [
  { sandbox: 'sandbox:host', steps: [receive, silent, translate, transmit] },
  { sandbox: 'sandbox:1', steps: [receive] },
];

function traceOf(disposition: Trace['disposition'], reply: Hop[] = []): Trace {
  return {
    question: {
      from: { kind: 'internet' },
      to: { kind: 'host', port: 8080 },
      protocol: 'tcp',
      source: null,
      sourcePort: null,
      family: null,
    },
    disposition,
    cause: { code: 'not-listening', sentence: 'said', rule: null, fix: null },
    blockers: [],
    legs: [{ packet, disposition, hops, reply, matchedRules: [] }],
    readAt: '2026-01-01T00:00:00Z',
  };
}

const snapshot = {
  host: { hostname: 'devbox' },
  records: {
    ...emptyRecords(),
    sandbox: {
      'sandbox:host': { id: 'sandbox:host', kind: 'host', name: 'host', containers: [] },
      'sandbox:1': { id: 'sandbox:1', kind: 'container', name: 'web', containers: [] },
    },
  },
} as unknown as Snapshot;

describe('lanes', () => {
  it('one for each place, the sender outside first, and what a chain that may not be there says is left out', () => {
    const lanes = lanesOf(snapshot, traceOf('refused'), 'there');
    expect(lanes.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'outside The internet',
      'host devbox',
      'container web',
    ]);
    expect(lanes.map(({ steps }) => steps.map(({ at }) => at))).toEqual([[], [0, 1, 2], [3]]);
    expect(lanes[0]?.begins).toBe('tcp 203.0.113.9:40000 → 198.18.0.28:8080');
  });

  it('a way ends where it fails: the way there, or the reply', () => {
    const last = (trace: Trace, way: 'there' | 'back') => lanesOf(snapshot, trace, way).at(-1)?.steps.at(-1)?.ends;
    expect(last(traceOf('refused'), 'there')).toBe(true);
    expect(last(traceOf('delivered'), 'there')).toBe(false);
    expect(last(traceOf('noReply', hops), 'there')).toBe(false);
    expect(last(traceOf('noReply', hops), 'back')).toBe(true);
  });

  it('what leaves the host has a lane behind it', () => {
    const trace = traceOf('leftHost');
    trace.legs = trace.legs.map((leg) => ({ ...leg, hops: hops.slice(0, 1) }));
    expect(lanesOf(snapshot, trace, 'there').map(({ kind }) => kind)).toEqual(['outside', 'host', 'outside']);
  });

  it('a header that is changed is shown as it was and as it is', () => {
    expect(headerChanges(translate)).toEqual([
      { field: 'destination', before: '198.18.0.28:8080', after: '172.17.0.2:80' },
    ]);
    expect(headerChanges(receive)).toEqual([]);
  });
});

describe('the packet on the map', () => {
  const lanes = lanesOf(snapshot, traceOf('refused'), 'there');
  const mark = (hop: number, step: number, node: string, moves: string[]) => ({
    leg: 0,
    way: 'there' as const,
    hop,
    step,
    node,
    moves: moves.map((id) => ({ id, reverse: false })),
  });
  const marks: TraceMarks = {
    steps: [
      mark(0, 0, 'eth0', ['uplink']),
      mark(0, 1, 'port', ['publish']),
      mark(0, 2, 'port', []),
      mark(0, 3, 'bar', ['dnat']),
      mark(1, 0, 'card', ['drop']),
    ],
    edges: [],
    nodes: ['eth0', 'port', 'bar', 'card'],
    outcome: 'bad',
  };
  const packetAt = (at: number) => pathOverlay(marks, lanes, { way: 'there', at }).packet;

  it('runs along the lines of its step, and of steps before it that no lane shows', () => {
    expect(packetAt(0)).toMatchObject({ node: 'eth0', moves: [{ id: 'uplink' }], still: false });
    expect(packetAt(1)).toMatchObject({ node: 'port', moves: [{ id: 'publish' }], still: false });
    expect(packetAt(3)).toMatchObject({ node: 'card', moves: [{ id: 'drop' }] });
  });

  it('stands at the end of its last line where a step moves nothing', () => {
    const still = { ...marks, steps: marks.steps.map((one, index) => (index === 3 ? { ...one, moves: [] } : one)) };
    const { packet } = pathOverlay(still, lanes, { way: 'there', at: 2 });
    expect(packet).toMatchObject({ moves: [{ id: 'publish' }], still: true });
  });

  it('is nowhere where no step is looked at, and all of the way is lit', () => {
    const overlay = pathOverlay(marks, lanes, { way: 'there', at: null });
    expect(overlay.packet).toBeNull();
    expect(overlay.edges.map(({ id }) => id)).toEqual(['uplink', 'publish', 'dnat', 'drop']);
  });
});
