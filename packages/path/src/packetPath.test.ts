import { readFixture } from '@vethscope/fixtures';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { tracePath } from './index.ts';
import {
  addNftTable,
  at,
  chainsOf,
  changed,
  container,
  fromLan,
  type HostChange,
  hostAddress,
  insertRules,
  lanAddress,
  tcp,
} from './testHost.ts';

const hostWith = (change: HostChange): Snapshot =>
  snapshotOf(changed(parseRecording(structuredClone(readFixture('docker-28.5-iptables-nft'))), change));

const plain = hostWith(() => {});
const accept = [{ accept: null }];
const drop = [{ drop: null }];

describe('netfilter', () => {
  it('[P1] base chains of every family run by priority', () => {
    const snapshot = hostWith((host) =>
      addNftTable(host, { family: 'inet', hook: 'prerouting', prio: -150, rules: [accept] }),
    );
    const chains = chainsOf(fromLan(snapshot, 8080));
    expect(chains.slice(0, 3)).toEqual(['ip raw PREROUTING', 'inet mine base', 'ip nat PREROUTING']);
  });

  it('[P1] nat chains are called at the place of nat, whatever their own priority', () => {
    const snapshot = hostWith((host) =>
      addNftTable(host, { family: 'ip', hook: 'prerouting', prio: -250, type: 'nat', rules: [] }),
    );
    expect(chainsOf(fromLan(snapshot, 8080)).slice(0, 3)).toEqual([
      'ip raw PREROUTING',
      'ip mine base',
      'ip nat PREROUTING',
    ]);
  });

  it('[P2] accept ends its own base chain only: the next one still drops', () => {
    const snapshot = hostWith((host) => addNftTable(host, { family: 'ip', hook: 'forward', prio: 10, rules: [drop] }));
    const trace = fromLan(snapshot, 8080);
    expect(trace).toMatchObject({ disposition: 'dropped', cause: { code: 'rule-dropped' } });
    expect(chainsOf(trace).slice(-2)).toEqual(['ip filter FORWARD', 'ip mine base']);
  });

  it('[P2] drop ends all', () => {
    const snapshot = hostWith((host) =>
      addNftTable(host, { family: 'ip', hook: 'prerouting', prio: -310, rules: [drop] }),
    );
    expect(chainsOf(fromLan(snapshot, 8080))).toEqual(['ip mine base']);
  });

  it('[P2] a policy drops what no rule accepts, and RETURN in a base chain means the policy', () => {
    const snapshot = hostWith((host) =>
      addNftTable(host, {
        family: 'ip',
        hook: 'forward',
        prio: -5,
        policy: 'drop',
        rules: [[{ return: null }], accept],
      }),
    );
    const trace = fromLan(snapshot, 8080);
    expect(trace).toMatchObject({ disposition: 'dropped', cause: { code: 'forward-drop' } });
    expect(trace.legs[0]?.matchedRules.slice(-2)).toMatchObject([
      { chain: 'base', rule: 1, verdict: 'return' },
      { chain: 'base', rule: 'policy', verdict: 'drop' },
    ]);
  });

  it('[P2] goto does not come back, a jump does', () => {
    const rules = (verb: string) => [
      ':MINE - [0:0]',
      `-A FORWARD ${verb} MINE`,
      '-A FORWARD -p tcp -j DROP',
      '-A MINE -p udp -j DROP',
    ];
    const jumped = hostWith((host) => insertRules(host, 'filter', rules('-j')));
    const gone = hostWith((host) => insertRules(host, 'filter', rules('-g')));
    expect(fromLan(jumped, 8080).disposition).toBe('dropped');
    expect(fromLan(gone, 8080).disposition).toBe('delivered');
  });

  it('[P2] reject is a rejection with its kind', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'filter', ['-A FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset']),
    );
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'rejected', cause: { code: 'rule-rejected' } });
  });
});

describe('translation and conntrack', () => {
  it('[P3] DNAT keeps the port unless one is given, and only the first translation counts', () => {
    const rules = [
      '-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.17.0.4',
      '-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.30.1.2:81',
    ];
    const snapshot = hostWith((host) => insertRules(host, 'nat', rules));
    const trace = fromLan(snapshot, 80);
    expect(trace.disposition).toBe('delivered');
    expect(trace.legs[0]?.hops.at(-1)?.steps.at(-1)?.after).toMatchObject({
      destination: '172.17.0.4',
      destinationPort: 80,
    });
  });

  it('[P3] MASQUERADE takes the address of the outgoing link', () => {
    const trace = tracePath(plain, tcp(container('plain'), at(lanAddress, 9000)));
    expect(trace.disposition).toBe('leftHost');
    expect(trace.legs[0]?.hops.at(-1)?.steps.at(-1)?.after.source).toBe(hostAddress);
  });

  it('[P4] the reply is ESTABLISHED and is translated back', () => {
    const [leg] = fromLan(plain, 8080).legs;
    const steps = leg?.reply.flatMap((hop) => hop.steps) ?? [];
    expect(steps.find((step) => step.kind === 'conntrack' && step.state === 'established')).toBeDefined();
    expect(steps.at(-1)?.after).toMatchObject({ source: hostAddress, sourcePort: 8080, destination: lanAddress });
  });

  it('[P4] NOTRACK gives UNTRACKED, and no translation', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'raw', ['-A PREROUTING -p tcp --dport 8080 -j CT --notrack']),
    );
    const trace = fromLan(snapshot, 8080);
    expect(trace.legs[0]?.hops.flatMap(({ steps }) => steps).some(({ kind }) => kind === 'translate')).toBe(false);
    // docker-proxy listens on the port itself.
    expect(trace.legs).toHaveLength(2);
  });
});

describe('routing', () => {
  const route = (dst: string, more: Record<string, unknown>) => ({ dst, flags: [], ...more });

  it('[P5] a policy rule comes before the main table', () => {
    const snapshot = hostWith((host) => {
      host.policyRules?.push({ priority: 100, src: lanAddress, table: '77', family: 'inet' } as never);
      host.routes?.push({ ...route('172.17.0.4', { type: 'unreachable', table: '77', family: 'inet' }) } as never);
    });
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'noRoute', cause: { code: 'route-refuses' } });
  });

  it('[P5] strict rp_filter discards what would be answered by another link, and loose does not', () => {
    const withFilter = (mode: string) =>
      hostWith((host) => {
        if (host.sysctls) host.sysctls['net.ipv4.conf.docker0.rp_filter'] = mode;
      });
    const question = { ...tcp(container('plain'), at(lanAddress, 9000)), source: '172.30.1.77' };
    expect(tracePath(withFilter('1'), question)).toMatchObject({
      disposition: 'dropped',
      cause: { code: 'reverse-path-filter' },
    });
    expect(tracePath(withFilter('2'), question).cause.code).not.toBe('reverse-path-filter');
  });

  it('[P5] without forwarding nothing is forwarded', () => {
    const snapshot = hostWith((host) => {
      if (host.sysctls) host.sysctls['net.ipv4.conf.eth0.forwarding'] = '0';
    });
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'notForwarded', cause: { code: 'ip-forward-off' } });
  });

  it('[P5] 127/8 does not leave by another link', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'nat', ['-A OUTPUT -d 127.0.0.1 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80']),
    );
    expect(tracePath(snapshot, tcp({ kind: 'host' }, at('127.0.0.1', 8080)))).toMatchObject({
      disposition: 'dropped',
      cause: { code: 'loopback-leaves' },
    });
  });
});

describe('links', () => {
  const q1ToQ2 = tcp(container('q1'), { kind: 'container', name: 'q2', port: 80 });

  it('[P6] icc=false holds on bridged packets while netfilter is asked', () => {
    expect(tracePath(plain, q1ToQ2)).toMatchObject({ disposition: 'dropped', cause: { code: 'icc-disabled' } });
  });

  it('[P6] without bridge netfilter icc=false does not hold', () => {
    const snapshot = hostWith((host) => {
      if (host.sysctls) host.sysctls['net.bridge.bridge-nf-call-iptables'] = '0';
    });
    expect(tracePath(snapshot, q1ToQ2).disposition).not.toBe('dropped');
  });

  describe('a container that asks for its own published port, without docker-proxy', () => {
    const hostOf = (change: { hairpin: boolean; bridgeNetfilter: boolean; masquerade: boolean }): Snapshot =>
      hostWith((host) => {
        const text = (host.iptables ?? '')
          .replace(/\[\d+:\d+\] -A DOCKER -i docker0 -j RETURN\n/, '')
          .replace(/! -i docker0 (-p tcp -m tcp --dport 8080)/, '$1');
        host.iptables = text;
        if (change.masquerade)
          insertRules(host, 'nat', [
            '-A POSTROUTING -s 172.17.0.4/32 -d 172.17.0.4/32 -p tcp -m tcp --dport 80 -j MASQUERADE',
          ]);
        if (host.sysctls) host.sysctls['net.bridge.bridge-nf-call-iptables'] = change.bridgeNetfilter ? '1' : '0';
        for (const link of (host.links ?? []) as { linkinfo?: { info_slave_data?: { hairpin?: boolean } } }[]) {
          if (link.linkinfo?.info_slave_data !== undefined) link.linkinfo.info_slave_data.hairpin = change.hairpin;
        }
      });
    const ask = (change: Parameters<typeof hostOf>[0]) =>
      tracePath(hostOf(change), tcp(container('my-nginx'), at(hostAddress, 8080)));

    it('[P6] needs the hairpin mode of its port while bridged packets are translated', () => {
      expect(ask({ hairpin: false, bridgeNetfilter: true, masquerade: true })).toMatchObject({
        disposition: 'dropped',
        cause: { code: 'hairpin' },
      });
      expect(ask({ hairpin: true, bridgeNetfilter: true, masquerade: true }).disposition).toBe('delivered');
    });

    it('[P6] is routed back by the host where they are not', () => {
      expect(ask({ hairpin: false, bridgeNetfilter: false, masquerade: true }).disposition).toBe('delivered');
    });

    it('[P5] discards its own address as a source where nothing translates it', () => {
      expect(ask({ hairpin: true, bridgeNetfilter: true, masquerade: false })).toMatchObject({
        disposition: 'dropped',
        cause: { code: 'own-source' },
      });
    });
  });

  it('[P7] a macvlan and its own parent do not reach each other, in either direction', () => {
    const up = tracePath(plain, tcp(container('mac'), at(hostAddress, 8080)));
    const down = tracePath(plain, tcp({ kind: 'host' }, { kind: 'container', name: 'mac', port: 80 }));
    for (const trace of [up, down])
      expect(trace).toMatchObject({ disposition: 'neighborUnreachable', cause: { code: 'macvlan-parent' } });
  });

  it('[P8] an address that nobody on the segment has', () => {
    const trace = tracePath(plain, tcp({ kind: 'host' }, at('172.17.0.99', 80)));
    expect(trace).toMatchObject({ disposition: 'neighborUnreachable', cause: { code: 'neighbor-unreachable' } });
  });
});
