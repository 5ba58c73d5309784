import { execFileSync } from 'node:child_process';
import { ProbeRequest, type ProbeRequestInput, type ProbeResult } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenHost, openHost } from '../cli/openHost.ts';
import { collectRecording } from '../collect/collectRecording.ts';
import { command, whyNoNamespaces } from '../host/testNamespace.ts';
import { createProber } from './prober.ts';

function whyNoEngine(): string | null {
  const whyNot = whyNoNamespaces();
  if (whyNot !== null) return whyNot;
  try {
    execFileSync('docker', ['image', 'inspect', 'vethscope/busybox'], { stdio: 'ignore', timeout: 5_000 });
    return null;
  } catch {
    return 'no engine with the image vethscope/busybox';
  }
}
const whyNot = whyNoEngine();

/** Two networks: `a` and `b` on one, `c` on the other. `b` serves on port 80, which the host publishes on 18080. */
const names = { a: `probe-a-${process.pid}`, b: `probe-b-${process.pid}`, c: `probe-c-${process.pid}` };
const networks = [`probe-one-${process.pid}`, `probe-two-${process.pid}`] as const;

describe.skipIf(whyNot !== null)(`probes on an engine${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () => {
  let host: OpenHost;
  beforeAll(() => {
    for (const network of networks) command(`docker network create ${network}`);
    const run = (name: string, network: string, more = '') =>
      command(`docker run -d --pull=never --name ${name} --network ${network}${more} vethscope/busybox httpd -f -p 80`);
    run(names.a, networks[0]);
    run(names.b, networks[0], ' -p 18080:80');
    run(names.c, networks[1]);
    host = openHost({ dockerSocket: null, unmasked: false });
  });
  afterAll(async () => {
    await host.kernel.close();
    command(`docker rm -f ${Object.values(names).join(' ')}`);
    for (const network of networks) command(`docker network rm ${network}`);
  });

  async function probe(request: ProbeRequestInput): Promise<ProbeResult> {
    const { kernel, reader } = host;
    const prober = createProber({
      kernel,
      snapshot: async () => snapshotOf(await collectRecording(reader)),
      namespaces: () => reader.namespaces(),
      availability: () => ({ allowed: true, why: null, fix: null }),
    });
    return prober.probe(ProbeRequest.parse(request));
  }

  const pidOf = (name: string) => command(`docker inspect -f {{.State.Pid}} ${name}`).trim();
  const tables = () =>
    [
      command('nft list tables'),
      ...Object.values(names).map((name) => command(`nsenter -t ${pidOf(name)} -n nft list tables`)),
    ].join('');
  const from = (name: string) => ({ kind: 'container', name }) as const;
  const to = (name: string, port: number | null = 80) => ({ kind: 'container', name, port }) as const;

  it('of a container to its neighbour: connected, and every rule as predicted', async () => {
    const before = tables();
    const result = await probe({ question: { from: from(names.a), to: to(names.b), protocol: 'tcp' } });
    expect(result).toMatchObject({ agrees: true, cleanedUp: true, outcome: { observed: 'connected', same: true } });
    expect(result.counts).toMatchObject({ different: 0, untold: 0 });
    const host = result.places.find(({ name, direction }) => name === 'host' && direction === 'request');
    expect(host?.rules.map(({ observed }) => observed?.verdict)).toContain('jump DOCKER-USER');
    expect(result.places.filter(({ observed }) => observed).map(({ name }) => name)).toEqual([
      names.a,
      'host',
      names.b,
      names.b,
      'host',
      names.a,
    ]);
    expect(tables()).toBe(before);
  });

  it('of a container to another network: no answer, and the rule that dropped it', async () => {
    const result = await probe({ question: { from: from(names.a), to: to(names.c), protocol: 'tcp' } });
    expect(result).toMatchObject({ agrees: true, cleanedUp: true, outcome: { observed: 'noAnswer', same: true } });
    const last = result.places.find(({ name }) => name === 'host')?.rules.at(-1);
    expect(last).toMatchObject({ same: true, observed: { verdict: 'drop' } });
    expect(last?.text).toContain('DROP');
    expect(result.places.some(({ name, observed }) => name === names.c && observed)).toBe(false);
  });

  it('of the host to a published port: through docker-proxy, both connections', async () => {
    const target = { kind: 'address', address: '127.0.0.1', port: 18_080 } as const;
    const result = await probe({ question: { from: { kind: 'host' }, to: target, protocol: 'tcp' } });
    expect(result).toMatchObject({ agrees: true, outcome: { observed: 'connected', same: true } });
    const second = result.places.filter(({ leg, direction }) => leg === 1 && direction === 'request');
    expect(second.map(({ name, observed }) => [name, observed])).toEqual([
      ['host', true],
      [names.b, true],
    ]);
  });

  it('by UDP and by echo', async () => {
    const echo = await probe({ question: { from: from(names.a), to: to(names.b, null), protocol: 'icmp' } });
    expect(echo).toMatchObject({ agrees: true, outcome: { observed: 'answered', same: true } });
    const datagram = await probe({ question: { from: from(names.a), to: to(names.b, 9), protocol: 'udp' } });
    expect(datagram).toMatchObject({
      agrees: true,
      outcome: { observed: 'refused', same: true, detail: 'ECONNREFUSED' },
    });
  });

  it('tells where the kernel does otherwise than the Snapshot says', async () => {
    const snapshot = snapshotOf(await collectRecording(host.reader));
    const { kernel, reader } = host;
    const late = createProber({
      kernel,
      snapshot: async () => snapshot,
      namespaces: () => reader.namespaces(),
      availability: () => ({ allowed: true, why: null, fix: null }),
    });
    command('iptables -I DOCKER-USER -p tcp --dport 80 -j DROP');
    try {
      const result = await late.probe(
        ProbeRequest.parse({ question: { from: from(names.a), to: to(names.b), protocol: 'tcp' } }),
      );
      expect(result).toMatchObject({ agrees: false, outcome: { observed: 'noAnswer', same: false } });
      const differing = result.places.flatMap(({ rules }) => rules).filter(({ same }) => same === false);
      expect(differing.map(({ observed }) => observed)).toContainEqual(
        expect.objectContaining({ chain: 'DOCKER-USER', rule: 1, verdict: 'drop' }),
      );
    } finally {
      command('iptables -D DOCKER-USER -p tcp --dport 80 -j DROP');
    }
  });

  it('sends nothing outside that was not confirmed', async () => {
    const target = { kind: 'address', address: '203.0.113.9', port: 7 } as const;
    const question = { from: from(names.a), to: target, protocol: 'udp' } as const;
    await expect(probe({ question })).rejects.toMatchObject({ code: 'probeNeedsConfirmation', where: '203.0.113.9' });
    const confirmed = await probe({ question, confirmedAddress: '203.0.113.9' });
    expect(confirmed.places[0]).toMatchObject({ name: names.a, observed: true });
  });

  it('one at a time', async () => {
    const question = { from: from(names.a), to: to(names.b), protocol: 'tcp' } as const;
    const { kernel, reader } = host;
    const snapshot = snapshotOf(await collectRecording(reader));
    const prober = createProber({
      kernel,
      snapshot: async () => snapshot,
      namespaces: () => reader.namespaces(),
      availability: () => ({ allowed: true, why: null, fix: null }),
    });
    const request = ProbeRequest.parse({ question });
    const both = await Promise.allSettled([prober.probe(request), prober.probe(request)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { code: 'probeBusy' } });
  });
});
