import { readFixture } from '@vethscope/fixtures';
import type { NamespaceReadings } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { addNftTable, chainsOf, changed, fromLan } from '../testHost.ts';

/** A host whose only rules are a nat chain that drops all, and what the test adds. */
function traceWith(change: (host: NamespaceReadings) => void) {
  const recording = parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft')));
  const snapshot = snapshotOf(
    changed(recording, (host) => {
      host.iptables = '';
      host.ip6tables = '';
      host.nft = '{"nftables":[]}';
      addNftTable(host, { family: 'inet', type: 'nat', hook: 'prerouting', prio: -100, rules: [[{ drop: null }]] });
      change(host);
    }),
  );
  const trace = fromLan(snapshot, 7000);
  const isTracked = trace.legs.some(({ hops }) =>
    hops.some(({ steps }) => steps.some((step) => step.kind === 'conntrack')),
  );
  return { trace, isTracked };
}

const filter = (text: string) => (host: NamespaceReadings) => {
  host.iptables = `*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${text}\nCOMMIT\n`;
};
const nft =
  (family: string, ...statements: unknown[]) =>
  (host: NamespaceReadings) => {
    const table = { family, table: 'other' };
    const listing = JSON.parse(host.nft ?? '') as { nftables: unknown[] };
    listing.nftables.push(
      { table: { family, name: 'other', handle: 901 } },
      { chain: { ...table, name: 'never', handle: 1 } },
      { rule: { ...table, chain: 'never', handle: 2, expr: statements } },
    );
    host.nft = JSON.stringify(listing);
  };

const ctState = { match: { op: 'in', left: { ct: { key: 'state' } }, right: 'new' } };

describe('[P4] conntrack looks at packets where a rule needs it, reached or not', () => {
  it('without such a rule nothing is tracked, and no nat chain is asked', () => {
    const { trace, isTracked } = traceWith(() => {});
    expect(isTracked).toBe(false);
    expect(chainsOf(trace)).not.toContain('inet mine base');
    expect(trace.disposition).toBe('delivered');
  });

  it.each([
    ['a match of the state', filter('-A OUTPUT -m conntrack --ctstate NEW')],
    ['a module that counts connections', filter('-A OUTPUT -p tcp -m connlimit --connlimit-above 9 -j DROP')],
    ['CONNMARK', filter('-A OUTPUT -j CONNMARK --set-xmark 0x1/0xff')],
    ['MASQUERADE', filter('-A OUTPUT -j MASQUERADE')],
    ['CT that tracks', filter('-A OUTPUT -j CT --zone 1')],
    ['ct of nft', nft('ip', ctState)],
    ['ct of nft in a table of both families', nft('inet', ctState)],
    [
      'ct inside a concatenation',
      nft('ip', { match: { op: '==', left: { concat: [{ ct: { key: 'mark' } }] }, right: 1 } }),
    ],
    ['masquerade', nft('inet', { masquerade: null })],
    ['a translation to IPv4', nft('inet', { dnat: { family: 'ip', addr: '192.0.2.1' } })],
  ])('%s is such a rule', (_, change) => {
    const { trace, isTracked } = traceWith(change);
    expect(isTracked).toBe(true);
    expect(trace.disposition).toBe('dropped');
  });

  it.each([
    ['NOTRACK', filter('-A OUTPUT -p udp -j CT --notrack')],
    ['a match of ports', filter('-A OUTPUT -p tcp -m tcp --dport 1 -j DROP')],
    ['a rule of the other family', nft('ip6', ctState)],
    ['a translation to IPv6', nft('inet', { dnat: { family: 'ip6', addr: '2001:db8::1' } })],
    ['notrack', nft('ip', { notrack: null })],
  ])('%s is none', (_, change) => {
    const { trace, isTracked } = traceWith(change);
    expect(isTracked).toBe(false);
    expect(trace.disposition).toBe('delivered');
  });
});
