import { readFixture } from '@vethscope/fixtures';
import { ids, type NamespaceReadings, type Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { tracePath } from './index.ts';
import {
  at,
  chainsOf,
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

describe('arrival', () => {
  it('[P9] a service that listens on its loopback refuses what comes by eth0', () => {
    expect(fromLan(plain, 8083)).toMatchObject({ disposition: 'refused', cause: { code: 'listens-on-loopback' } });
  });

  it('[P9] an IPv6 wildcard takes IPv4 too, but not where it is docker-proxy’s', () => {
    expect(fromLan(plain, 7000).disposition).toBe('delivered');
    expect(fromLan(plain, 8089)).toMatchObject({ disposition: 'refused', cause: { code: 'listens-on-address' } });
  });

  it('[P9] a paused container stays silent', () => {
    expect(fromLan(plain, 8088)).toMatchObject({ disposition: 'noReply', cause: { code: 'paused' } });
  });

  it('[P9] localhost in a container is the container, and a port published on the loopback is for the host only', () => {
    const inside = tracePath(plain, tcp(container('plain'), at('127.0.0.1', 8080)));
    expect(inside).toMatchObject({ disposition: 'refused', cause: { code: 'localhost-in-container' } });
    expect(fromLan(plain, 9090)).toMatchObject({ disposition: 'refused', cause: { code: 'published-on-loopback' } });
  });

  it('[P10] docker-proxy makes a second leg, from the host’s address on the bridge', () => {
    const trace = tracePath(plain, tcp({ kind: 'host' }, at('127.0.0.1', 8080)));
    expect(trace.disposition).toBe('delivered');
    expect(trace.legs.map(({ packet }) => `${packet.source} > ${packet.destination}`)).toEqual([
      '127.0.0.1 > 127.0.0.1',
      '172.17.0.1 > 172.17.0.4',
    ]);
  });

  it('[P10] before Docker 28 docker-proxy answers UDP from the address that its route selects, which the sender does not wait for', () => {
    const old = snapshotOf(parseRecording(readFixture('docker-20.10-iptables-nft')));
    const ask = (snapshot: Snapshot) =>
      tracePath(snapshot, { ...tcp(container('web'), { kind: 'host', port: 5353 }), protocol: 'udp' });
    const trace = ask(old);
    expect(trace).toMatchObject({ disposition: 'noReply', cause: { code: 'asymmetric-reply' } });
    expect(trace.cause.sentence).toContain('from 172.30.1.1, and the sender waits for one from 198.18.0.');
    // Since then the answer has the right source: the second leg is asked, where nobody listens in this recording.
    expect(ask(plain)).toMatchObject({ disposition: 'refused', legs: [{ disposition: 'delivered' }, {}] });
  });

  it('[P10] without docker-proxy dockerd holds published ports by sockets that it never reads', () => {
    const snapshot = hostWith((host, recording) => {
      recording.processes = [];
      insertRules(host, 'raw', ['-A PREROUTING -p tcp --dport 8080 -j CT --notrack']);
      for (const socket of host.sockets ?? []) socket.processes = [{ pid: 31, name: 'dockerd' }];
    });
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'noReply', cause: { code: 'held-by-dockerd' } });
  });

  it('[P6] what is translated on a bridge goes back to it only where the bridge forwards', () => {
    const withForwarding = (forwarding: string): Snapshot =>
      hostWith((host) => {
        insertRules(host, 'nat', [
          '-A PREROUTING -i docker0 -p tcp --dport 9999 -j DNAT --to-destination 172.17.0.4:80',
        ]);
        if (host.sysctls) host.sysctls['net.ipv4.conf.docker0.forwarding'] = forwarding;
      });
    const ask = (snapshot: Snapshot) => tracePath(snapshot, tcp(container('plain'), at('198.18.0.28', 9999)));
    expect(ask(withForwarding('1')).disposition).toBe('delivered');
    expect(ask(withForwarding('0'))).toMatchObject({ disposition: 'notForwarded', cause: { code: 'ip-forward-off' } });
  });

  it('[P5] what comes from the internet comes by the link of the default route, whatever route its address has', () => {
    const snapshot = hostWith((host) => {
      host.routes?.push({ family: 'inet', dst: '203.0.113.0/24', dev: 'docker0', flags: [] } as never);
      if (host.sysctls) host.sysctls['net.ipv4.conf.all.rp_filter'] = '1';
    });
    const ask = (source: string) =>
      tracePath(snapshot, { ...tcp({ kind: 'internet' }, at('198.18.0.28', 7000)), source });
    expect(ask('198.51.100.9').disposition).toBe('delivered');
    expect(ask('203.0.113.9')).toMatchObject({ disposition: 'dropped', cause: { code: 'reverse-path-filter' } });
  });

  it('[P11] a reply that a raw rule drops makes the whole noReply', () => {
    const trace = tracePath(plain, tcp(container('nm'), at(lanAddress, 9000)));
    expect(trace).toMatchObject({ disposition: 'noReply', cause: { code: 'direct-routing-dropped' } });
  });

  it('[P12] ip6tables decides for IPv6, and an IPv6 client of an IPv4 container has a proxy', () => {
    const six = tracePath(plain, tcp(container('v6'), at('2001:db8:1::fe', 9000)));
    expect(chainsOf(six).every((name) => name.startsWith('ip6 '))).toBe(true);
    const mixed = tracePath(plain, tcp({ kind: 'address', address: '2001:db8:1::fe' }, at('2001:db8:1::28', 8080)));
    expect(mixed.legs.map(({ packet }) => packet.family)).toEqual([6, 4]);
  });
});

describe('what is not known', () => {
  it('[P14] both answers are followed: where they end alike, that is the answer', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'filter', ['-A FORWARD -m limit --limit 5/min -j RETURN', '-A FORWARD -p tcp -j DROP']),
    );
    expect(fromLan(snapshot, 80).disposition).toBe('refused');
    const drops = hostWith((host) =>
      insertRules(host, 'filter', ['-A FORWARD -m limit --limit 5/min -j DROP', '-A FORWARD -p tcp -j DROP']),
    );
    expect(fromLan(drops, 8080).disposition).toBe('dropped');
  });

  it('[P14] where they do not, nobody can tell', () => {
    const snapshot = hostWith((host) =>
      insertRules(host, 'filter', ['-A FORWARD -m statistic --mode random --probability 0.5 -j DROP']),
    );
    expect(fromLan(snapshot, 8080)).toMatchObject({ disposition: 'unknown', cause: { code: 'depends' } });
  });

  it('[P14] a rule that only logs need not be known', () => {
    const snapshot = hostWith((host) => insertRules(host, 'filter', ['-A FORWARD -m limit --limit 5/min -j LOG']));
    expect(fromLan(snapshot, 8080).disposition).toBe('delivered');
  });

  it('[P15] what is not understood is shown as a step and makes the end unknown', () => {
    const snapshot = hostWith((host) => insertRules(host, 'filter', ['-A FORWARD -m sorcery --spell 7 -j DROP']));
    const trace = fromLan(snapshot, 8080);
    expect(trace).toMatchObject({ disposition: 'unknown', cause: { code: 'unmodelled' } });
    expect(trace.legs[0]?.hops.flatMap(({ steps }) => steps).some(({ kind }) => kind === 'unmodelled')).toBe(true);
  });

  it('[P16] blockers behind the first one are found', () => {
    const snapshot = hostWith((host) => {
      insertRules(host, 'raw', ['-A PREROUTING -p tcp --dport 8080 -j DROP']);
      insertRules(host, 'filter', ['-A FORWARD -p tcp --dport 80 -j DROP']);
      if (host.sysctls) host.sysctls['net.ipv4.conf.eth0.forwarding'] = '0';
    });
    expect(fromLan(snapshot, 8080).blockers.map(({ code }) => code)).toEqual([
      'rule-dropped',
      'ip-forward-off',
      'rule-dropped',
    ]);
  });
});

describe('what was not read', () => {
  it('makes the end unknown, but a drop stays one', () => {
    const withFault = (change: (host: NamespaceReadings) => void): Snapshot => {
      const snapshot = hostWith(change);
      const sources = snapshot.sources.map((report) =>
        report.source === 'nft' && report.sandbox === ids.hostSandbox
          ? { ...report, status: 'failed' as const, fault: 'crashed' as const, reason: 'nft crashed' }
          : report,
      );
      return { ...snapshot, sources };
    };
    expect(
      fromLan(
        withFault(() => {}),
        8080,
      ),
    ).toMatchObject({ disposition: 'unknown', cause: { code: 'unmodelled' } });
    const dropping = withFault((host) => insertRules(host, 'filter', ['-A FORWARD -p tcp -j DROP']));
    expect(fromLan(dropping, 8080).disposition).toBe('dropped');
  });
});

describe('names', () => {
  const ask = (from: string, name: string) => tracePath(plain, tcp(container(from), { kind: 'name', name, port: 80 }));

  it('a name on a network of one’s own is answered by the embedded server', () => {
    const trace = ask('web', 'api');
    expect(trace.legs[0]?.hops[0]?.steps.find(({ kind }) => kind === 'resolve')).toMatchObject({
      by: 'the embedded DNS server at 127.0.0.11',
    });
  });

  it('the default bridge has no names', () =>
    expect(ask('plain', 'my-nginx').cause.code).toBe('default-bridge-no-dns'));

  it('a link of the default bridge stands in /etc/hosts', () => {
    const trace = ask('linked', 'ng');
    expect(['delivered', 'unknown']).toContain(trace.disposition);
  });

  it('a name that only a server outside knows is unknown', () => {
    expect(ask('web', 'example.org')).toMatchObject({ disposition: 'unknown', cause: { code: 'name-outside' } });
  });

  it('a container that does not run', () => {
    const trace = tracePath(plain, tcp({ kind: 'host' }, { kind: 'container', name: 'stopped', port: 80 }));
    expect(trace).toMatchObject({ disposition: 'unresolved', cause: { code: 'container-not-running' } });
  });
});

describe('evidence', () => {
  it('a rule that did not match says which part of it did not', () => {
    const trace = tracePath(plain, tcp(container('plain'), at('172.30.1.100', 80)));
    const raw = trace.legs[0]?.hops
      .flatMap(({ steps }) => steps)
      .find((step) => step.kind === 'chain' && step.table === 'raw');
    const evaluated = raw?.kind === 'chain' ? raw.chain.evaluated : [];
    expect(evaluated.at(0)).toMatchObject({ position: 1, matched: 'no', failed: '-d 172.17.0.2/32', owner: 'docker' });
    expect(evaluated.at(-1)).toMatchObject({ position: 6, matched: 'yes', verdict: 'drop' });
    expect(evaluated.at(-1)?.packets).toEqual(expect.any(Number));
  });

  it('every step names records of the snapshot', () => {
    const trace = tracePath(plain, tcp({ kind: 'host' }, at('127.0.0.1', 8080)));
    const known = new Set(Object.values(plain.records).flatMap((records) => Object.keys(records)));
    const touched = trace.legs
      .flatMap(({ hops, reply }) => [...hops, ...reply])
      .flatMap(({ steps }) => steps.flatMap(({ touches }) => touches));
    expect(touched.filter((id) => !known.has(id))).toEqual([]);
    expect(touched.length).toBeGreaterThan(20);
  });
});
