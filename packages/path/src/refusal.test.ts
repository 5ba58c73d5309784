import { readFixture } from '@vethscope/fixtures';
import type { NamespaceReadings, Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { tracePath } from './index.ts';
import {
  addNftTable,
  at,
  changed,
  container,
  fromLan,
  type HostChange,
  insertRules,
  lanAddress,
  tcp,
} from './testHost.ts';

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

const plain = hostWith(() => {});
const closedPort = 6666;

type RouteReading = NonNullable<NamespaceReadings['routes']>[number];

const unreachable = (dst: string, table: string): RouteReading =>
  ({ family: 'inet', type: 'unreachable', dst, table, protocol: 'boot', scope: 'global', flags: [] }) as RouteReading;

const stepsBack = ({ legs }: ReturnType<typeof tracePath>) => (legs.at(-1)?.reply ?? []).flatMap(({ steps }) => steps);

describe('the way back of a refusal', () => {
  it('[P11] a reset comes back to the sender', () => {
    const trace = tracePath(plain, tcp(container('plain'), at('172.17.0.4', 81)));
    expect(trace).toMatchObject({ disposition: 'refused', cause: { code: 'not-listening' } });
    expect(stepsBack(trace).at(-1)).toMatchObject({ kind: 'deliver', sentence: 'The sender is told.' });
  });

  it('[P11] a reset that a rule drops is silence for the sender, and the port is still closed behind that', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'filter', ['-A OUTPUT -p tcp -m tcp --tcp-flags RST RST -j DROP']),
    );
    const trace = fromLan(snapshot, closedPort);
    expect(trace).toMatchObject({ disposition: 'noReply', cause: { code: 'rule-dropped' } });
    expect(trace.cause.sentence).toContain('Nothing in the host listens on tcp port 6666. The sender is not told.');
    expect(trace.blockers.map(({ code }) => code)).toEqual(['rule-dropped', 'not-listening']);
  });

  it('[P11] an ICMP error is RELATED to the connection that it is about', () => {
    const udp = {
      from: { kind: 'address' as const, address: lanAddress },
      to: at('198.18.0.28', closedPort),
      protocol: 'udp' as const,
    };
    const related = hostWith((host) =>
      insertRules(host, 'filter', ['-A OUTPUT -m conntrack --ctstate RELATED -j DROP']),
    );
    expect(tracePath(plain, udp)).toMatchObject({ disposition: 'refused' });
    expect(tracePath(related, udp)).toMatchObject({ disposition: 'noReply', cause: { code: 'rule-dropped' } });
    const others = hostWith((host) =>
      insertRules(host, 'filter', ['-A OUTPUT -m conntrack ! --ctstate RELATED -j DROP']),
    );
    expect(tracePath(others, udp)).toMatchObject({ disposition: 'refused' });
  });

  it('[P11] an ICMP error about a translated packet is translated back, outside and inside', () => {
    const trace = tracePath(plain, {
      from: { kind: 'address', address: lanAddress },
      to: at('198.18.0.28', 5353),
      protocol: 'udp',
    });
    // Nobody listens on UDP port 53 of the container in this recording.
    expect(trace.disposition).toBe('refused');
    const translated = stepsBack(trace).filter(({ kind }) => kind === 'translate');
    expect(translated.at(-1)?.after).toMatchObject({ source: '198.18.0.28', destination: lanAddress });
  });

  it('[P11] what netfilter rejects is told by an ICMP error or a reset, which other rules may drop', () => {
    const reject = (how: string, drop: string): Snapshot =>
      hostWith((host) => {
        insertRules(host, 'filter', [
          `-A INPUT -p tcp --dport 7000 -j REJECT --reject-with ${how}`,
          `-A OUTPUT ${drop} -j DROP`,
        ]);
      });
    const icmp = '-p icmp -m icmp --icmp-type 3';
    const reset = '-p tcp -m tcp --tcp-flags RST RST';
    expect(fromLan(reject('icmp-port-unreachable', reset), 7000).disposition).toBe('rejected');
    expect(fromLan(reject('icmp-port-unreachable', icmp), 7000).disposition).toBe('noReply');
    expect(fromLan(reject('tcp-reset', icmp), 7000).disposition).toBe('rejected');
    expect(fromLan(reject('tcp-reset', reset), 7000).disposition).toBe('noReply');
  });

  it('[P11] the code of an ICMP error says what REJECT was told to say, and rules may ask for it', () => {
    const told = (how: string, accepted: string): string => {
      const snapshot = hostWith((host) =>
        insertRules(host, 'filter', [
          `-A INPUT -p tcp --dport 7000 -j REJECT --reject-with ${how}`,
          `-A OUTPUT -p icmp -m icmp --icmp-type ${accepted} -j ACCEPT`,
          '-A OUTPUT -p icmp -j DROP',
        ]),
      );
      return fromLan(snapshot, 7000).disposition;
    };
    expect(told('icmp-port-unreachable', '3/3')).toBe('rejected');
    expect(told('icmp-port-unreachable', '3/13')).toBe('noReply');
    expect(told('icmp-admin-prohibited', '3/13')).toBe('rejected');
    expect(told('icmp-host-prohibited', '3/10')).toBe('rejected');
    expect(told('icmp-net-unreachable', '3/0')).toBe('rejected');
  });

  it('[P11] nft names the type and the code of an ICMP error, per family', () => {
    const told = (field: string, right: string): string =>
      fromLan(
        hostWith((host) => {
          insertRules(host, 'filter', ['-A INPUT -p tcp --dport 7000 -j REJECT']);
          addNftTable(host, {
            family: 'inet',
            hook: 'output',
            prio: 10,
            rules: [[{ match: { op: '==', left: { payload: { protocol: 'icmp', field } }, right } }, { drop: null }]],
          });
        }),
        7000,
      ).disposition;
    expect(told('type', 'destination-unreachable')).toBe('noReply');
    expect(told('type', 'time-exceeded')).toBe('rejected');
    expect(told('code', 'port-unreachable')).toBe('noReply');
    expect(told('code', 'admin-prohibited')).toBe('rejected');
  });

  it('[P11] an ICMP error of IPv4 goes as “internetwork control”', () => {
    const told = (drop: string): string =>
      fromLan(
        hostWith((host) => {
          insertRules(host, 'filter', ['-A INPUT -p tcp --dport 7000 -j REJECT', `-A OUTPUT ${drop} -j DROP`]);
        }),
        7000,
      ).disposition;
    expect(told('-m dscp --dscp 0x30')).toBe('noReply');
    expect(told('-m dscp --dscp 0x00')).toBe('rejected');
    expect(told('-m tos --tos 0xc0/0xf0')).toBe('noReply');
    expect(told('-m tos --tos 0x00/0xff')).toBe('rejected');
  });

  it('[P11] of what was not tracked, the ICMP error is INVALID', () => {
    const told = (state: string): string =>
      fromLan(
        hostWith((host) => {
          insertRules(host, 'raw', ['-A PREROUTING -p tcp --dport 7000 -j CT --notrack']);
          insertRules(host, 'filter', [
            '-A INPUT -p tcp --dport 7000 -j REJECT',
            `-A OUTPUT -m conntrack --ctstate ${state} -j DROP`,
          ]);
        }),
        7000,
      ).disposition;
    expect(told('INVALID')).toBe('noReply');
    expect(told('UNTRACKED')).toBe('rejected');
    expect(told('RELATED')).toBe('rejected');
  });

  it('[P3, P11] a reset of REJECT asks the nat chains of a side that the packet did not come to', () => {
    const told = (how: string): string =>
      fromLan(
        hostWith((host) => {
          insertRules(host, 'filter', [`-A INPUT -p tcp --dport 7000 -j REJECT --reject-with ${how}`]);
          addNftTable(host, {
            family: 'ip',
            type: 'nat',
            hook: 'postrouting',
            prio: 90,
            rules: [
              [
                { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'sport' } }, right: 7000 } },
                { drop: null },
              ],
            ],
          });
        }),
        7000,
      ).disposition;
    expect(told('tcp-reset')).toBe('noReply');
    expect(told('icmp-port-unreachable')).toBe('rejected');
  });

  it('[P11] a router without a route says so, but not one that does not forward', () => {
    const ask = tcp(container('plain'), at('203.0.113.9', 80));
    const refuses = (forwarding: string): Snapshot =>
      hostWith((host) => {
        host.routes?.push(unreachable('203.0.113.0/24', 'main'));
        if (host.sysctls) host.sysctls['net.ipv4.conf.docker0.forwarding'] = forwarding;
      });
    const told = tracePath(refuses('1'), ask);
    expect(told).toMatchObject({ disposition: 'noRoute', cause: { code: 'route-refuses' } });
    expect(stepsBack(told).length).toBeGreaterThan(0);
    expect(stepsBack(tracePath(refuses('0'), ask))).toEqual([]);
  });
});

describe('a reset that REJECT sends to a port of a bridge', () => {
  const rejecting = (rules: string[], nat: string[] = []): Snapshot =>
    hostWith((host) => {
      insertRules(host, 'filter', [...rules, '-A OUTPUT -p tcp -m tcp --tcp-flags RST RST -j DROP']);
      if (nat.length > 0) insertRules(host, 'nat', nat);
    });

  it('[P11] goes straight out of that port: no rule sees it', () => {
    const snapshot = rejecting(['-A INPUT -p tcp --dport 7000 -j REJECT --reject-with tcp-reset']);
    expect(tracePath(snapshot, tcp(container('plain'), at('198.18.0.28', 7000))).disposition).toBe('rejected');
    expect(fromLan(snapshot, 7000).disposition).toBe('noReply');
  });

  it('[P11] is not translated back', () => {
    const snapshot = rejecting(
      ['-A FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset'],
      ['-A PREROUTING -i docker0 -p tcp --dport 9999 -j DNAT --to-destination 172.17.0.4:80'],
    );
    const trace = tracePath(snapshot, tcp(container('plain'), at('198.18.0.28', 9999)));
    expect(trace).toMatchObject({ disposition: 'noReply', cause: { code: 'asymmetric-reply' } });
  });
});

describe('routing again', () => {
  it('[P1] a mark set in mangle OUTPUT routes again at once: where that route refuses, nat is not asked', () => {
    const snapshot = hostWith((host) => {
      insertRules(host, 'mangle', ['-A OUTPUT -d 203.0.113.9 -j MARK --set-xmark 0x8/0xff']);
      host.policyRules?.push({ family: 'inet', priority: 700, src: 'all', fwmark: '0x8', table: '78' });
      host.routes?.push(unreachable('default', '78'));
    });
    const marked = tracePath(snapshot, tcp({ kind: 'host' }, at('203.0.113.9', 80)));
    expect(marked).toMatchObject({ disposition: 'noRoute', cause: { code: 'route-refuses' } });
    const chains = marked.legs[0]?.matchedRules.map(({ table, chain }) => `${table} ${chain}`) ?? [];
    expect(chains).toContain('mangle OUTPUT');
    expect(chains).not.toContain('nat OUTPUT');
  });
});
