import { readFixture } from '@vethscope/fixtures';
import type { Snapshot, Trace } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { tracePath } from '../index.ts';
import {
  addNftTable,
  at,
  chainsOf,
  changed,
  fromLan,
  type HostChange,
  hostAddress,
  insertRules,
  tcp,
} from '../testHost.ts';

/* What random rule sets and the kernel's own trace taught: each case was a difference once. The packet is that of matches.test.ts. */

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

/** A rule that lets the packet pass and drops its answer does not match the packet. */
const dropped = ({ disposition }: Trace): boolean => disposition === 'dropped';

const droppedBy = (match: string): boolean =>
  dropped(
    fromLan(
      hostWith((host) => insertRules(host, 'mangle', [`-A PREROUTING ${match} -j DROP`])),
      8080,
    ),
  );

const isForward = (chain: string): boolean => ['ip mine base', 'ip filter FORWARD'].includes(chain);

function droppedByNft(...statements: unknown[]): boolean {
  const snapshot = hostWith((host) =>
    addNftTable(host, { family: 'inet', hook: 'prerouting', prio: -150, rules: [[...statements, { drop: null }]] }),
  );
  return dropped(fromLan(snapshot, 8080));
}

describe('what the kernel taught', () => {
  it('[P13] a mask with holes compares the bits of the mask', () => {
    expect(droppedBy('-d 198.19.0.28/255.0.0.255')).toBe(true);
    expect(droppedBy('-d 198.19.0.29/255.0.0.255')).toBe(false);
    expect(droppedBy('! -d 198.19.0.29/255.0.0.255')).toBe(true);
  });

  it('[P13] setting a mark from a map that lacks the key ends the rule', () => {
    const set = (address: string) => ({
      mangle: {
        key: { meta: { key: 'mark' } },
        value: { map: { key: { payload: { protocol: 'ip', field: 'daddr' } }, data: { set: [[address, 1]] } } },
      },
    });
    expect(droppedByNft(set('192.0.2.1'))).toBe(false);
    expect(droppedByNft(set(hostAddress))).toBe(true);
  });

  it('[P13] the operator "!" asks that none of the bits is set', () => {
    const flags = (right: string) => ({
      match: { op: '!', left: { payload: { protocol: 'tcp', field: 'flags' } }, right },
    });
    expect(droppedByNft(flags('ack'))).toBe(true);
    expect(droppedByNft(flags('syn'))).toBe(false);
  });

  it('[P13] fib gives no link to an own address', () => {
    const fib = (right: boolean) => ({
      match: { op: '==', left: { fib: { result: 'oif', flags: ['daddr'] } }, right },
    });
    expect(droppedByNft(fib(true))).toBe(false);
    expect(droppedByNft(fib(false))).toBe(true);
  });

  it('[P4] a connection is confirmed once its first packet came through POSTROUTING, so on the loopback before PREROUTING', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'mangle', ['-A PREROUTING -i lo -m conntrack --ctstatus CONFIRMED -j DROP']),
    );
    expect(tracePath(snapshot, tcp({ kind: 'host' }, at('127.0.0.1', 7000))).disposition).toBe('dropped');
    expect(droppedBy('-m conntrack --ctstatus CONFIRMED')).toBe(false);
  });

  it('[P4] an answer alone begins no connection: where the packet was not tracked, its answer is INVALID', () => {
    const snapshot = hostWith((host) => {
      insertRules(host, 'raw', ['-A PREROUTING -i eth0 -p tcp --dport 7000 -j CT --notrack']);
      insertRules(host, 'filter', ['-A OUTPUT -m conntrack --ctstate INVALID -j DROP']);
    });
    expect(fromLan(snapshot, 7000).disposition).toBe('noReply');
    const loose = hostWith((host) => {
      insertRules(host, 'raw', ['-A PREROUTING -i eth0 -p tcp --dport 7000 -j CT --notrack']);
      insertRules(host, 'filter', ['-A OUTPUT -m conntrack --ctstate NEW -j DROP']);
    });
    expect(fromLan(loose, 7000).disposition).toBe('delivered');
  });

  it('[P13] ctproto stands there by its number', () => {
    expect(droppedBy('-m conntrack --ctproto 6')).toBe(true);
    expect(droppedBy('-m conntrack --ctproto 17')).toBe(false);
  });

  it('[P1] of one priority, the chain that was registered last is called first', () => {
    const later = hostWith((host) =>
      addNftTable(host, { family: 'ip', hook: 'forward', prio: 0, rules: [[{ counter: { packets: 1, bytes: 1 } }]] }),
    );
    expect(chainsOf(fromLan(later, 8080)).filter(isForward)).toEqual(['ip mine base', 'ip filter FORWARD']);
  });

  it('[P1] a table of nft that was made before those of iptables is called after them', () => {
    const earlier = hostWith((host) => {
      addNftTable(host, { family: 'ip', hook: 'forward', prio: 0, rules: [[{ counter: { packets: 1, bytes: 1 } }]] });
      const listing = JSON.parse(host.nft ?? '') as { nftables: { table?: { name: string } }[] };
      const mine = listing.nftables.filter(({ table }) => table?.name === 'mine');
      const others = listing.nftables.filter(({ table }) => table?.name !== 'mine');
      host.nft = JSON.stringify({ nftables: [...mine, ...others] });
    });
    expect(chainsOf(fromLan(earlier, 8080)).filter(isForward)).toEqual(['ip filter FORWARD', 'ip mine base']);
  });

  it('[P13] addrtype of IPv6 takes an own address for unicast too', () => {
    const withRule = (types: string) =>
      hostWith((host) => {
        host.ip6tables = `*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -m addrtype --dst-type ${types} -j DROP\nCOMMIT\n${host.ip6tables ?? ''}`;
      });
    const ask = (types: string) =>
      tracePath(withRule(types), tcp({ kind: 'address', address: '2001:db8:1::fe' }, at('2001:db8:1::28', 8080)))
        .disposition;
    expect(ask('UNICAST')).toBe('dropped');
    expect(ask('LOCAL')).toBe('dropped');
    expect(ask('MULTICAST')).not.toBe('dropped');
  });

  it('[P13] th of nft reads the bytes that stand there: of an echo its type and code, and its checksum', () => {
    const echo = (field: string, op: string, right: number) =>
      tracePath(
        hostWith((host) =>
          addNftTable(host, {
            family: 'ip',
            hook: 'prerouting',
            prio: -150,
            rules: [[{ match: { op, left: { payload: { protocol: 'th', field } }, right } }, { drop: null }]],
          }),
        ),
        { from: { kind: 'internet' }, to: { kind: 'address', address: hostAddress, port: null }, protocol: 'icmp' },
      ).disposition;
    expect(echo('sport', '==', 8 << 8)).toBe('dropped');
    expect(echo('sport', '==', 80)).toBe('delivered');
    expect(echo('dport', '!=', 80)).toBe('unknown');
  });

  it('[P13] a concatenation with an open part is another value where its other parts are, also as the key of a map', () => {
    const key = { concat: [{ meta: { key: 'l4proto' } }, { payload: { protocol: 'th', field: 'dport' } }] };
    const element = (protocol: string) => ({ concat: [protocol, 80] });
    const echo = (...statements: unknown[]) =>
      tracePath(
        hostWith((host) => addNftTable(host, { family: 'ip', hook: 'prerouting', prio: -150, rules: [statements] })),
        { from: { kind: 'internet' }, to: { kind: 'address', address: hostAddress, port: null }, protocol: 'icmp' },
      ).disposition;
    const among = (protocol: string, op: string) => ({ match: { op, left: key, right: { set: [element(protocol)] } } });
    expect(echo(among('tcp', '=='), { drop: null })).toBe('delivered');
    expect(echo(among('tcp', '!='), { drop: null })).toBe('dropped');
    expect(echo(among('icmp', '=='), { drop: null })).toBe('unknown');
    const ways = (protocol: string) => ({ vmap: { key, data: { set: [[element(protocol), { drop: null }]] } } });
    expect(echo(ways('tcp'))).toBe('delivered');
    expect(echo(ways('icmp'))).toBe('unknown');
    const mark = (protocol: string) => ({
      mangle: { key: { meta: { key: 'mark' } }, value: { map: { key, data: { set: [[element(protocol), 1]] } } } },
    });
    expect(echo(mark('tcp'), { drop: null })).toBe('delivered');
    expect(echo(mark('icmp'), { drop: null })).toBe('unknown');
  });

  it('[P13] “reject with tcp reset” is for TCP, also where nft prints no word of it', () => {
    const ask = (protocol: 'tcp' | 'icmp') =>
      tracePath(
        hostWith((host) =>
          addNftTable(host, {
            family: 'ip',
            hook: 'input',
            prio: -10,
            rules: [[{ reject: { type: 'tcp reset' } }]],
          }),
        ),
        {
          from: { kind: 'internet' },
          to: { kind: 'address', address: hostAddress, port: protocol === 'tcp' ? 7000 : null },
          protocol,
        },
      ).disposition;
    expect(ask('tcp')).toBe('rejected');
    expect(ask('icmp')).toBe('delivered');
  });

  it('[P4] notrack comes too late once conntrack has seen the packet', () => {
    const states = (prio: number) =>
      dropped(
        fromLan(
          hostWith((host) =>
            addNftTable(host, {
              family: 'inet',
              hook: 'prerouting',
              prio,
              rules: [
                [
                  { notrack: null },
                  { match: { op: 'in', left: { ct: { key: 'state' } }, right: 'untracked' } },
                  { drop: null },
                ],
              ],
            }),
          ),
          8080,
        ),
      );
    expect(states(-300)).toBe(true);
    expect(states(-150)).toBe(false);
  });

  it('[P13] without a connection --ctstatus never holds, and NONE holds for no connection', () => {
    const raw = (match: string) =>
      dropped(
        fromLan(
          hostWith((host) => insertRules(host, 'raw', [`-A PREROUTING ${match} -j DROP`])),
          8080,
        ),
      );
    expect(raw('-m conntrack --ctstatus NONE')).toBe(false);
    expect(raw('-m conntrack ! --ctstatus SEEN_REPLY')).toBe(false);
    expect(droppedBy('-m conntrack --ctstatus NONE')).toBe(false);
    expect(droppedBy('-m conntrack ! --ctstatus SEEN_REPLY')).toBe(true);
  });

  it('[P13] an address of the other family is none that a connection has', () => {
    const original = (key: string, right: string) => ({
      match: { op: '!=', left: { ct: { key, dir: 'original' } }, right },
    });
    expect(droppedByNft(original('ip6 daddr', 'fd01::1'))).toBe(false);
    expect(droppedByNft(original('ip daddr', '192.0.2.1'))).toBe(true);
  });

  it('[P13] code points of DSCP stand there by their names', () => {
    const dscp = (right: string) => ({
      match: { op: '==', left: { payload: { protocol: 'ip', field: 'dscp' } }, right },
    });
    expect(droppedByNft(dscp('cs0'))).toBe(true);
    expect(droppedByNft(dscp('af21'))).toBe(false);
  });

  it('[P13] of the networks of an ipset the narrowest decides, be it a nomatch or not', () => {
    const member = (...elements: string[]) =>
      dropped(
        fromLan(
          hostWith((host) => {
            host.ipsets = `create nets hash:net family inet\n${elements.map((each) => `add nets ${each}\n`).join('')}`;
            insertRules(host, 'mangle', ['-A PREROUTING -m set --match-set nets src -j DROP']);
          }),
          8080,
        ),
      );
    expect(member('198.18.0.0/24', '198.0.0.0/8 nomatch')).toBe(true);
    expect(member('198.0.0.0/8', '198.18.0.0/24 nomatch')).toBe(false);
  });

  it('[P14] a limit is open where the rule decides something, and no question where it only counts', () => {
    const limit = { limit: { rate: 1000, per: 'second' } };
    const ask = (...statements: unknown[]) =>
      fromLan(
        hostWith((host) => addNftTable(host, { family: 'inet', hook: 'prerouting', prio: -150, rules: [statements] })),
        8080,
      ).disposition;
    expect(ask(limit, { drop: null })).toBe('unknown');
    expect(ask(limit, { mangle: { key: { meta: { key: 'mark' } }, value: 1 } })).toBe('delivered');
    expect(ask(limit, { counter: null })).toBe('delivered');
  });
});
