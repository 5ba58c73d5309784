import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKernel, type ProbingKernel } from './kernel.ts';
import type { Dirty } from './netlinkMonitor.ts';
import type { ProbeOpening, ProbeProgress } from './probeSession.ts';
import type { ProbePacketSpec } from './probeSocket.ts';
import { command, whyNoNamespaces } from './testNamespace.ts';

const whyNot = whyNoNamespaces();
const client = `probe-${process.pid}-a`;
const server = `probe-${process.pid}-b`;
const inServer = (line: string) => command(`ip netns exec ${server} ${line}`);
const path = (name: string) => `/run/netns/${name}`;
const tablesOf = (name: string) => command(`ip netns exec ${name} nft list tables`).trim();
const addresses = { 4: '10.99.7.2', 6: 'fd99:7::2' } as const;

/** On the server: 81 is rejected, 82 dropped, all else accepted in a chain of its own. */
const rules = [
  'add table inet judge',
  'add chain inet judge input { type filter hook input priority 0 ; policy drop ; }',
  'add chain inet judge others',
  'add rule inet judge input tcp dport 81 reject with tcp reset',
  'add rule inet judge input tcp dport 82 drop',
  'add rule inet judge input jump others',
  'add rule inet judge others counter',
  'add rule inet judge others accept',
];

describe.skipIf(whyNot !== null)(
  `a probe between two namespaces${whyNot === null ? '' : ` (skipped: ${whyNot})`}`,
  () => {
    let kernel: ProbingKernel;
    beforeAll(async () => {
      for (const name of [client, server]) {
        command(`ip netns add ${name}`);
        command(`ip -n ${name} link set lo up`);
      }
      command(`ip -n ${client} link add v0 type veth peer name v1 netns ${server}`);
      for (const [name, link, end] of [
        [client, 'v0', 1],
        [server, 'v1', 2],
      ]) {
        command(`ip -n ${name} addr add 10.99.7.${end}/24 dev ${link}`);
        command(`ip -n ${name} addr add fd99:7::${end}/64 dev ${link} nodad`);
        command(`ip -n ${name} link set ${link} up`);
      }
      for (const line of rules) inServer(`nft ${line}`);
      kernel = createKernel();
    });
    afterEach(() => kernel.probe.close());
    afterAll(async () => {
      await kernel.close();
      for (const name of [client, server]) command(`ip netns del ${name}`);
    });

    const opening = (packet: Partial<ProbePacketSpec>): ProbeOpening => ({
      sender: { path: path(client) },
      packet: {
        protocol: 'tcp',
        destination: addresses[4],
        destinationPort: 80,
        source: null,
        sourcePort: null,
        ...packet,
      },
      traced: [{ path: path(client) }, { path: path(server) }],
      further: [],
      waypoints: [],
    });

    /** Opens, sends, listens, closes. `rules`: what the server's kernel told of the packet, with positions. */
    async function probe(packet: Partial<ProbePacketSpec>, polls = 300) {
      const opened = await kernel.probe.open(opening(packet));
      if (!('headers' in opened)) throw new Error(JSON.stringify(opened));
      await kernel.probe.send();
      let progress: ProbeProgress | null = null;
      const events: ProbeProgress['events'] = [[], []];
      for (let i = 0; i < polls && (progress === null || progress.state.kind === 'waiting'); i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        const answer = await kernel.probe.poll();
        if (!('events' in answer)) throw new Error(JSON.stringify(answer));
        progress = answer;
        answer.events.forEach((more, at) => {
          events[at]?.push(...more);
        });
      }
      const closed = await kernel.probe.close();
      if (!('chains' in closed)) throw new Error(JSON.stringify(closed));
      const named = (events[1] ?? []).filter(({ table, kind }) => table === 'judge' && kind !== 'return');
      const handles = (chain: string) => closed.chains[1]?.find((each) => each.chain === chain)?.handles ?? [];
      return {
        opened,
        state: progress?.state,
        cleanedUp: closed.cleanedUp,
        events,
        rules: named.map(
          ({ chain, handle, verdict }) => `${chain} ${handles(chain).indexOf(handle ?? '') + 1} ${verdict}`,
        ),
      };
    }

    it.each([
      [
        80,
        { kind: 'failed', error: 'ECONNREFUSED', atOnce: false },
        ['input 3 jump others', 'others 1 continue', 'others 2 accept'],
      ],
      [81, { kind: 'failed', error: 'ECONNREFUSED', atOnce: false }, ['input 1 drop']],
      [82, { kind: 'waiting' }, ['input 2 drop']],
    ])('tells what the kernel did with port %d', async (destinationPort, state, expected) => {
      // What is never answered need not be waited for as long as what may be late.
      const seen = await probe({ destinationPort }, state.kind === 'waiting' ? 40 : undefined);
      expect(seen).toMatchObject({ state, rules: expected, cleanedUp: true, opened: { untraced: [null, null] } });
      const header = seen.events[1]?.find((event) => event.header !== null)?.header;
      expect(header).toMatchObject({
        source: '10.99.7.1',
        sourcePort: seen.opened.headers.sourcePort,
        destination: addresses[4],
        destinationPort,
        tcpFlags: 2,
      });
    });

    it.each([4, 6] as const)('sends one echo request by IPv%d, and knows the answer', async (family) => {
      const destination = addresses[family];
      const seen = await probe({ protocol: 'icmp', destination, destinationPort: null });
      expect(seen).toMatchObject({
        state: { kind: 'answered' },
        rules: ['input 3 jump others', 'others 1 continue', 'others 2 accept'],
      });
      const types = seen.events[0]?.flatMap(({ header }) => (header === null ? [] : [header.icmpType]));
      expect(new Set(types)).toEqual(new Set(family === 4 ? [8, 0] : [128, 129]));
    });

    it('sends one datagram, from the port that was asked for', async () => {
      const seen = await probe({ protocol: 'udp', destination: addresses[6], sourcePort: 20_202 });
      expect(seen.state).toEqual({ kind: 'failed', error: 'ECONNREFUSED', atOnce: false });
      expect(seen.opened.headers).toEqual({ source: 'fd99:7::1', sourcePort: 20_202, echoId: null });
    });

    it('says where there is no way at all', async () => {
      const opened = await kernel.probe.open(opening({ destination: '10.98.0.1' }));
      expect(opened).toMatchObject({ headers: { source: null } });
      expect(await kernel.probe.send()).toEqual({ kind: 'failed', error: 'ENETUNREACH', atOnce: true });
      expect(await kernel.probe.open(opening({ source: '10.98.0.1' }))).toMatchObject({ fault: { call: 'bind' } });
    });

    it('has its table in both while it lasts, which nobody else can change, and in none after', async () => {
      await kernel.probe.open(opening({}));
      expect(tablesOf(client)).toBe('table inet vethscope_probe');
      const listed = inServer('nft list table inet vethscope_probe');
      expect(listed).toContain('flags owner');
      expect(listed.match(/meta nftrace set 1/g)?.length).toBeGreaterThan(1);
      for (const verdict of ['drop', 'reject', 'dnat', 'mark', 'counter']) expect(listed).not.toContain(verdict);
      expect(() => inServer('nft delete table inet vethscope_probe')).toThrow(/not permitted/);
      expect(await kernel.sweepProbes([{ path: path(client) }, { path: path(server) }])).toBe(0);
      expect(await kernel.probe.close()).toMatchObject({ cleanedUp: true });
      expect([tablesOf(client), tablesOf(server)]).toEqual(['', 'table inet judge']);
    });

    it('leaves nothing when its process is killed in the middle', async () => {
      const script = `
      const { createKernel } = await import(${JSON.stringify(new URL('./kernel.ts', import.meta.url).href)});
      console.log(JSON.stringify(await createKernel().probe.open(${JSON.stringify(opening({}))})));
      setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      expect(tablesOf(client)).toBe('table inet vethscope_probe');
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      expect([tablesOf(client), tablesOf(server)]).toEqual(['', 'table inet judge']);
    });

    it('sweeps what an older kernel would have left, and is not kept from its work by it', async () => {
      for (const name of [client, server]) command(`ip netns exec ${name} nft add table inet vethscope_probe`);
      expect(await kernel.sweepProbes([{ path: path(server) }])).toBe(1);
      expect([tablesOf(client), tablesOf(server)]).toEqual(['table inet vethscope_probe', 'table inet judge']);
      expect(await probe({})).toMatchObject({ opened: { untraced: [null, null] }, cleanedUp: true });
      expect(tablesOf(client)).toBe('');
    });

    it('is no change of rules to those who watch', async () => {
      command(`ip link add probe${process.pid % 1000} type veth peer name p0 netns ${server}`);
      const heard: Dirty[] = [];
      const stop = kernel.watch((dirty) => heard.push(...dirty));
      await kernel.readNamespaces({ requests: [{ path: path(server), wanted: ['links'] }], known: [] });
      const own = { ...opening({}), sender: { path: '/proc/self/ns/net' }, traced: [{ path: '/proc/self/ns/net' }] };
      await kernel.probe.open(own);
      await kernel.probe.close();
      await new Promise((resolve) => setTimeout(resolve, 150));
      const rulesHeard = () =>
        heard.filter((dirty) => dirty.kind === 'changed' && dirty.source === 'rules' && dirty.nsid === null);
      expect(rulesHeard()).toEqual([]);
      command('nft add table inet probe_test_other');
      command('nft delete table inet probe_test_other');
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(rulesHeard().length).toBeGreaterThan(0);
      stop();
      command(`ip link del probe${process.pid % 1000}`);
    });
  },
);
