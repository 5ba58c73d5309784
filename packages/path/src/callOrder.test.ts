import { readFixture } from '@vethscope/fixtures';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { addNftTable, changed, fromLan, type HostChange, insertRules } from './testHost.ts';

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

const toPort80 = { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 80 } };
const chainOf = (name: string, handle: number) => ({
  chain: { family: 'inet', table: 'mine', name, handle, type: 'filter', hook: 'forward', prio: 7, policy: 'accept' },
});
const ruleIn = (chain: string, handle: number, expr: unknown[]) => ({
  rule: { family: 'inet', table: 'mine', chain, handle, expr },
});

describe('base chains of one priority', () => {
  it('[P1] of one table the newest is called first', () => {
    const snapshot = hostWith((host) =>
      addNftTable(host, {
        family: 'inet',
        hook: 'forward',
        prio: 7,
        rules: [[toPort80, { drop: null }]],
        extra: [
          chainOf('newer', 20),
          ruleIn('newer', 21, [toPort80, { reject: { type: 'icmpx', expr: 'port-unreachable' } }]),
        ],
      }),
    );
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'rejected' });
  });

  it('[P14] of two tables nobody knows which was called first, where that decides', () => {
    const withRule = (verdict: string): Snapshot =>
      hostWith((host) => {
        insertRules(host, 'filter', [`-A FORWARD -p tcp -m tcp --dport 80 -j ${verdict}`]);
        addNftTable(host, { family: 'inet', hook: 'forward', prio: 0, rules: [[toPort80, { drop: null }]] });
      });
    expect(fromLan(withRule('REJECT'), 8080)).toMatchObject({ disposition: 'unknown', cause: { code: 'depends' } });
    expect(fromLan(withRule('REJECT'), 8080).cause.sentence).toContain('the same priority');
    expect(fromLan(withRule('DROP'), 8080).disposition).toBe('dropped');
    expect(fromLan(withRule('ACCEPT'), 8080).disposition).toBe('dropped');
  });
});

describe('what nft leaves out', () => {
  const rejecting = (expr: unknown[], policy = 'accept'): Snapshot =>
    hostWith((host) => addNftTable(host, { family: 'inet', hook: 'forward', prio: 7, policy, rules: [expr] }));
  const reset = { reject: { type: 'tcp reset' } };

  it('[P14] the family before “reject with tcp reset” in an inet table', () => {
    const trace = fromLan(rejecting([toPort80, reset]), 8080);
    expect(trace).toMatchObject({ disposition: 'unknown', cause: { code: 'depends' } });
    expect(trace.cause.sentence).toContain('without the address family');
  });

  it('[P14] is not left out behind another statement, and an address says it all the same', () => {
    expect(fromLan(rejecting([toPort80, { counter: { packets: 0, bytes: 0 } }, reset]), 8080).disposition).toBe(
      'rejected',
    );
    const from = { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '198.18.0.254' } };
    expect(fromLan(rejecting([from, toPort80, reset]), 8080).disposition).toBe('rejected');
  });

  it('[P13] a rule that rejects with ICMPv6 is for IPv6 only, with or without the family printed', () => {
    const six = { reject: { type: 'icmpv6', expr: 'port-unreachable' } };
    expect(fromLan(rejecting([toPort80, six]), 8080).disposition).toBe('delivered');
    expect(
      fromLan(rejecting([toPort80, { reject: { type: 'icmp', expr: 'port-unreachable' } }]), 8080).disposition,
    ).toBe('rejected');
  });
});
