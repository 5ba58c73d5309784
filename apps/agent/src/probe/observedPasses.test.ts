import type { Leg } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import type { TracedHeader, TraceEvent } from '../host/traceMessage.ts';
import { observedPasses } from './observedPasses.ts';

const headers = { source: '10.0.0.1', sourcePort: 40_000, echoId: null };
const header = (more: Partial<TracedHeader> = {}): TracedHeader => ({
  family: 4,
  protocol: 'tcp',
  source: '10.0.0.1',
  destination: '10.0.0.2',
  sourcePort: 40_000,
  destinationPort: 80,
  tcpFlags: 2,
  icmpType: null,
  echoId: null,
  inLink: null,
  outLink: 2,
  mark: 0,
  ...more,
});
const event = (id: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  id,
  family: 'ip',
  table: 'filter',
  chain: 'INPUT',
  kind: 'rule',
  handle: '7',
  verdict: 'accept',
  header: null,
  ...more,
});
const chains = [{ family: 'ip', table: 'filter', chain: 'INPUT', handles: ['5', '7', '9'] }];
const leg = (destination: string, destinationPort: number) =>
  ({ packet: { destination, destinationPort } }) as unknown as Leg;
const passes = (events: TraceEvent[], legs = [leg('10.0.0.2', 80)]) =>
  observedPasses(events, { headers, legs, chains });

describe('observedPasses', () => {
  it('names a rule by its position, a policy by its word, and leaves out ends of chains and its own table', () => {
    const own = { table: 'vethscope_probe', family: 'inet', chain: 'output' };
    const [pass, ...others] = passes([
      event(1, { ...own, handle: '3', verdict: 'continue', header: header() }),
      event(1, { header: header() }),
      event(1, { kind: 'return', handle: null, verdict: 'return' }),
      event(1, { kind: 'policy', handle: null, verdict: 'drop' }),
    ]);
    expect(others).toEqual([]);
    expect(pass?.rules.map(({ chain, rule, verdict }) => [chain, rule, verdict])).toEqual([
      ['INPUT', 2, 'accept'],
      ['INPUT', 'policy', 'drop'],
    ]);
  });

  it('counts a rule that is gone, and gives it no number', () => {
    expect(passes([event(1, { handle: '8', header: header() })])).toMatchObject([{ rules: [], lost: 1 }]);
  });

  it('is one pass over the loopback, where the kernel numbers the packet twice', () => {
    const found = passes([event(1, { header: header() }), event(2, { header: header({ inLink: 1, outLink: null }) })]);
    expect(found.map(({ rules }) => rules.length)).toEqual([2]);
  });

  it('tells the answer from the question, and from the reset that ends the connection later', () => {
    const back = { source: '10.0.0.2', destination: '10.0.0.1', sourcePort: 80, destinationPort: 40_000 };
    const found = passes([
      event(1, { header: header() }),
      event(2, { header: header({ ...back, tcpFlags: 18 }) }),
      event(3, { header: header({ ...back, tcpFlags: 4 }) }),
    ]);
    expect(found.map(({ direction, rules }) => [direction, rules.length])).toEqual([
      ['request', 1],
      ['reply', 1],
    ]);
  });

  it('takes the first of several connections of docker-proxy, and nobody else’s packets', () => {
    const proxied = (sourcePort: number) => header({ source: '10.0.0.9', destination: '10.0.0.3', sourcePort });
    const found = passes(
      [
        event(1, { header: proxied(50_001) }),
        event(2, { header: proxied(50_002) }),
        event(3, { header: header({ source: '10.0.0.7', destination: '10.0.0.8', sourcePort: 50_003 }) }),
      ],
      [leg('10.0.0.2', 8080), leg('10.0.0.3', 80)],
    );
    expect(found.map(({ leg: number, rules, header: { sourcePort } }) => [number, rules.length, sourcePort])).toEqual([
      [1, 1, 50_001],
    ]);
  });
});
