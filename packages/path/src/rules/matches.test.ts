import { readFixture } from '@vethscope/fixtures';
import type { Snapshot, Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { addNftTable, changed, fromLan, type HostChange, insertRules } from '../testHost.ts';

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

/*
 * [P13] One rule in front of everything in mangle PREROUTING (or another chain) that drops what it matches: the packet comes from 198.18.0.254 port
 * 40000 to 198.18.0.28 port 8080 on eth0, and goes on to 172.17.0.4 port 80 on docker0.
 */

/** A rule that lets the packet pass and drops its answer does not match the packet. */
function answerOf({ disposition }: Trace): string {
  if (disposition === 'dropped') return 'yes';
  return disposition === 'delivered' || disposition === 'noReply' ? 'no' : disposition;
}

function dropsWith(chain: string, match: string): string {
  const table = chain === 'PREROUTING' ? 'mangle' : 'filter';
  const snapshot = hostWith((host) => {
    insertRules(host, table, [`-A ${chain} ${match} -j DROP`]);
    host.ipsets = [
      'create good hash:ip family inet hashsize 1024 maxelem 65536',
      'add good 198.18.0.254',
      'create nets hash:net family inet hashsize 1024 maxelem 65536',
      'add nets 198.18.0.0/24',
      'add nets 198.18.0.254 nomatch',
      'create pairs hash:ip,port family inet hashsize 1024 maxelem 65536',
      'add pairs 198.18.0.28,tcp:8080',
      '',
    ].join('\n');
  });
  return answerOf(fromLan(snapshot, 8080));
}

describe('[P13] iptables matches', () => {
  it.each([
    ['-s 198.18.0.0/24', 'yes'],
    ['! -s 198.18.0.0/24', 'no'],
    ['-d 198.18.0.28/32 -p tcp', 'yes'],
    ['-i eth+', 'yes'],
    ['! -i eth0', 'no'],
    ['-p udp', 'no'],
    ['-f', 'no'],
    ['-p tcp -m tcp --sport 1024:65535 --dport 8080', 'yes'],
    ['-p tcp -m tcp ! --dport 8080', 'no'],
    ['-p tcp -m multiport --dports 80,8000:8100', 'yes'],
    ['-p tcp -m multiport ! --dports 80,443', 'yes'],
    ['-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN', 'yes'],
    ['-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN', 'no'],
    ['-p icmp -m icmp --icmp-type 8', 'no'],
    ['-m addrtype --dst-type LOCAL', 'yes'],
    ['-m addrtype --src-type LOCAL', 'no'],
    ['-m conntrack --ctstate NEW', 'yes'],
    ['-m conntrack --ctstate RELATED,ESTABLISHED', 'no'],
    ['-m conntrack --ctdir ORIGINAL', 'yes'],
    ['-m conntrack --ctorigdstport 8080', 'yes'],
    ['-m state --state INVALID', 'no'],
    ['-m set --match-set good src', 'yes'],
    ['-m set ! --match-set good src', 'no'],
    ['-m set --match-set nets src', 'no'],
    ['-m set --match-set pairs dst,dst', 'yes'],
    ['-m mark --mark 0x1', 'no'],
    ['-m mark ! --mark 0x1', 'yes'],
    ['-m connmark --mark 0x0', 'yes'],
    ['-m physdev --physdev-is-in', 'no'],
    ['-m iprange --src-range 198.18.0.200-198.18.0.255', 'yes'],
    ['-m pkttype --pkt-type multicast', 'no'],
    ['-m length --length 0:39', 'no'],
    ['-m length --length 40:65535', 'yes'],
    ['-m rpfilter --invert', 'no'],
    ['-m comment --comment "all"', 'yes'],
    ['-m mac --mac-source 02:00:00:00:00:01', 'unknown'],
    ['-m ttl --ttl-lt 10', 'unknown'],
    ['-m recent --name x --rcheck --rsource', 'unknown'],
    ['-m connlimit --connlimit-above 3', 'unknown'],
    ['-m time --timestart 09:00', 'unknown'],
  ])('%s: %s', (match, wanted) => expect(dropsWith('PREROUTING', match)).toBe(wanted));

  it.each([
    ['-o docker0', 'yes'],
    ['-i eth0 -o docker0 -d 172.17.0.4 -p tcp --dport 80', 'yes'],
    ['-m conntrack --ctstate DNAT', 'yes'],
    ['-m conntrack --ctorigdst 198.18.0.28', 'yes'],
    ['-m conntrack --ctreplsrc 172.17.0.4', 'yes'],
    ['-m owner --uid-owner 0', 'no'],
  ])('in FORWARD %s: %s', (match, wanted) => expect(dropsWith('FORWARD', match)).toBe(wanted));
});

const match = (left: unknown, right: unknown, op = '==') => ({ match: { op, left, right } });
const payload = (protocol: string, field: string) => ({ payload: { protocol, field } });
const meta = (key: string) => ({ meta: { key } });
const ct = (key: string, dir?: string) => ({ ct: dir === undefined ? { key } : { key, dir } });

function nftDrops(statements: unknown[], family = 'inet'): string {
  const set = {
    set: {
      family,
      table: 'mine',
      name: 'known',
      type: ['ipv4_addr', 'inet_service'],
      handle: 50,
      elem: [{ concat: ['172.17.0.4', 80] }],
    },
  };
  const map = {
    map: {
      family,
      table: 'mine',
      name: 'byPort',
      type: 'inet_service',
      map: 'verdict',
      handle: 51,
      elem: [[80, { drop: null }]],
    },
  };
  const snapshot = hostWith((host) =>
    addNftTable(host, {
      family,
      hook: 'forward',
      prio: -10,
      rules: [[...statements, { drop: null }]],
      extra: [set, map],
    }),
  );
  return answerOf(fromLan(snapshot, 8080));
}

describe('[P13] nftables expressions', () => {
  it.each<[string, unknown[], string]>([
    ['a payload', [match(payload('ip', 'daddr'), '172.17.0.4')], 'yes'],
    ['a payload of the other family', [match(payload('ip6', 'daddr'), '::1', '!=')], 'no'],
    ['a prefix', [match(payload('ip', 'saddr'), { prefix: { addr: '198.18.0.0', len: 24 } })], 'yes'],
    ['a range', [match(payload('tcp', 'dport'), { range: [79, 81] })], 'yes'],
    ['an anonymous set', [match(payload('th', 'dport'), { set: [22, 80] })], 'yes'],
    ['not in a set', [match(payload('tcp', 'dport'), { set: [22, 80] }, '!=')], 'no'],
    [
      'a concatenation in a named set',
      [match({ concat: [payload('ip', 'daddr'), payload('tcp', 'dport')] }, '@known')],
      'yes',
    ],
    ['meta iifname with a wildcard', [match(meta('iifname'), 'eth*')], 'yes'],
    ['meta l4proto', [match(meta('l4proto'), { set: ['udp', 'tcp'] })], 'yes'],
    ['meta nfproto', [match(meta('nfproto'), 'ipv6')], 'no'],
    ['ct state', [match(ct('state'), ['established', 'related'], 'in')], 'no'],
    ['ct state new', [match(ct('state'), 'new', 'in')], 'yes'],
    ['ct status dnat', [match(ct('status'), 'dnat', 'in')], 'yes'],
    ['ct original daddr', [match(ct('ip daddr', 'original'), '198.18.0.28')], 'yes'],
    ['fib daddr type', [match({ fib: { result: 'type', flags: ['daddr'] } }, 'local')], 'no'],
    ['fib saddr . iif oif missing', [match({ fib: { result: 'oif', flags: ['saddr', 'iif'] } }, false)], 'no'],
    ['tcp flags', [match({ '&': [payload('tcp', 'flags'), ['fin', 'syn', 'rst', 'ack']] }, 'syn')], 'yes'],
    ['a mark with a mask', [match({ '&': [meta('mark'), 255] }, 0)], 'yes'],
    ['a mark that was set before', [{ mangle: { key: meta('mark'), value: 7 } }, match(meta('mark'), 7)], 'yes'],
    ['a relation', [match(payload('tcp', 'dport'), 1024, '<')], 'yes'],
    ['a verdict map', [{ vmap: { key: payload('tcp', 'dport'), data: '@byPort' } }], 'yes'],
    ['a verdict map without the key', [{ vmap: { key: payload('tcp', 'sport'), data: '@byPort' } }], 'no'],
    ['a limit', [{ limit: { rate: 5, per: 'minute' } }], 'unknown'],
    ['numgen', [match({ numgen: { mode: 'random', mod: 2, offset: 0 } }, 0)], 'unknown'],
    ['xt', [{ xt: { type: 'match', name: 'sorcery' } }], 'unknown'],
  ])('%s', (_name, statements, wanted) => expect(nftDrops(statements)).toBe(wanted));

  it('an ip6 table does not see IPv4', () => expect(nftDrops([], 'ip6')).toBe('no'));
});
