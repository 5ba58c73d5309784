import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHost } from '../testHost.ts';
import { type KernelListener, type NamedRule, type PacketTrace, packetOfHeader } from './packetTrace.ts';
import { tracedUdpPorts } from './tracedUdpPorts.ts';

const table = 'vethscope_lab_trace';

/** First packets only: the SYN, a datagram to one of the lab's ports (an answer comes from one), an echo request. */
const marking = `
    tcp flags & (syn | ack) == syn meta nftrace set 1
    udp dport { ${tracedUdpPorts.join(', ')} } meta nftrace set 1
    icmp type echo-request meta nftrace set 1
    icmpv6 type echo-request meta nftrace set 1`;

/** Priority -500 stands before all that anybody writes, so no rule is missed. */
const tracingTable = `table inet ${table} {
  chain prerouting { type filter hook prerouting priority -500;${marking}
  }
  chain output { type filter hook output priority -500;${marking}
  }
}
`;

/** Where the kernel is listened to: a test host, or a namespace that can run programs. */
export type TracedPlace = Pick<TestHost, 'exec' | 'spawn'>;

/** `nft monitor trace` on a host, for iptables-nft and native tables alike. */
export async function listenToNft(host: TracedPlace): Promise<KernelListener> {
  const positions = await rulePositions(host);
  // Line by line, because a host that is stopped would take a full buffer with it.
  const monitor = host.spawn(['stdbuf', '-oL', 'nft', '-a', '-nn', 'monitor', 'trace']);
  const chunks: Buffer[] = [];
  monitor.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  // The monitor says nothing when it is ready; it fills its cache first, which takes a moment.
  await sleep(500);
  await host.exec(['nft', '-f', '-'], { input: tracingTable });
  return {
    stop: async () => {
      await host.exec(['nft', 'delete', 'table', 'inet', table]);
      await sleep(300);
      const closed = once(monitor, 'close');
      monitor.kill();
      await closed;
      return tracesOf(Buffer.concat(chunks).toString('utf8'), positions);
    },
  };
}

interface RulesetItem {
  rule?: { family: string; table: string; chain: string; handle: number };
}

/** "family table chain handle" → position from 1. */
export async function rulePositions(host: TracedPlace): Promise<ReadonlyMap<string, number>> {
  const listed = JSON.parse(await host.exec(['nft', '-j', '-a', 'list', 'ruleset'])) as { nftables: RulesetItem[] };
  const lengths = new Map<string, number>();
  const positions = new Map<string, number>();
  for (const { rule } of listed.nftables) {
    if (rule === undefined) continue;
    const chain = `${rule.family} ${rule.table} ${rule.chain}`;
    const position = (lengths.get(chain) ?? 0) + 1;
    lengths.set(chain, position);
    positions.set(`${chain} ${rule.handle}`, position);
  }
  return positions;
}

const tracePattern = /^trace id (\S+) (\S+) (\S+) (\S+) (packet:|rule|policy|verdict) ?(.*)$/;
const rulePattern = /# handle (\d+) \(verdict (.*)\)\s*$/;

/** The lines of the monitor, put together by packet. A packet that passes the loopback has two ids, but one source port. */
export function tracesOf(text: string, positions: ReadonlyMap<string, number>): PacketTrace[] {
  const byKey = new Map<string, PacketTrace>();
  const byId = new Map<string, PacketTrace>();
  const begun = new Set<string>();
  const again = new Set<string>();
  /** Echo requests of the host's own, by their id. */
  const echoes = new Map<number, PacketTrace>();
  for (const line of text.split('\n')) {
    const [, id = '', family = '', name = '', chain = '', kind, rest = ''] = tracePattern.exec(line) ?? [];
    if (again.has(id)) continue;
    if (kind === 'packet:' && !byId.has(id)) {
      const packet = packetOfHeader(rest);
      if (packet === null) continue;
      const key = `${packet.protocol} ${packet.key}${packet.protocol === 'icmp' ? ` ${packet.destination}` : ''}`;
      // A SYN that is sent again begins in the same place as the first, under another id.
      const pass = `${key} ${chain}`;
      if (packet.protocol === 'tcp' && begun.has(pass)) {
        again.add(id);
        continue;
      }
      begun.add(pass);
      // On the loopback its destination may be another than the one that was asked for.
      const before = rest.includes('iif "lo"') ? echoes.get(packet.key) : undefined;
      const trace = byKey.get(key) ?? before ?? { ...packet, rules: [] };
      byKey.set(key, trace);
      if (packet.protocol === 'icmp' && packet.sentHere) echoes.set(packet.key, trace);
      byId.set(id, trace);
    }
    const trace = byId.get(id);
    if (trace === undefined || name === table) continue;
    const rule = namedRule({ family, name, chain, kind, rest }, positions);
    if (rule !== null) trace.rules.push(rule);
  }
  return [...new Set(byKey.values())];
}

function namedRule(
  {
    family,
    name,
    chain,
    kind,
    rest,
  }: Record<'family' | 'name' | 'chain' | 'rest', string> & { kind: string | undefined },
  positions: ReadonlyMap<string, number>,
): NamedRule | null {
  // Behind the policy stands the packet's mark, where it has one.
  if (kind === 'policy') return [family, name, chain, 'policy', rest.split(' ')[0] ?? ''];
  if (kind !== 'rule') return null;
  const [, handle = '', verdict = ''] = rulePattern.exec(rest) ?? [];
  const position = positions.get(`${family} ${name} ${chain} ${handle}`);
  if (position === undefined)
    throw new Error(`The kernel named a rule that the ruleset does not have: ${family} ${name} ${chain} ${rest}`);
  return [family, name, chain, position, verdict];
}
