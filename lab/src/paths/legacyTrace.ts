import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHost } from '../testHost.ts';
import { turnMachineSwitch } from './machineSwitch.ts';
import type { KernelListener, NamedRule, PacketTrace } from './packetTrace.ts';
import { tracedUdpPorts } from './tracedUdpPorts.ts';

const tools = ['iptables', 'ip6tables'] as const;
type Tool = (typeof tools)[number];

/** First packets only, as in nftTrace.ts. */
function markingRules(tool: Tool): string[][] {
  const echo = tool === 'iptables' ? ['icmp', '--icmp-type'] : ['icmpv6', '--icmpv6-type'];
  return [
    ['-p', 'tcp', '--syn'],
    ['-p', 'udp', '-m', 'multiport', '--dports', tracedUdpPorts.join().replaceAll('-', ':')],
    ['-p', echo[0] ?? '', echo[1] ?? '', 'echo-request'],
  ];
}
const markingCount = 3;

/** The raw table comes to be when it is first looked at, and from then on the kernel asks it. That must be before the Snapshot. */
export async function prepareLegacy(host: TestHost): Promise<void> {
  for (const tool of tools) await host.exec([tool, '-t', 'raw', '-S']);
}

/** The TRACE target of iptables-legacy, which speaks by the kernel's log. */
export async function listenToLegacy(host: TestHost): Promise<KernelListener> {
  const [rules4, rules6] = await Promise.all([savedRules(host, 'iptables'), savedRules(host, 'ip6tables')]);
  const logging = await turnMachineSwitch('logAllNamespaces');
  const log = spawn('setpriv', ['--pdeathsig', 'TERM', 'dmesg', '--follow-new', '--notime'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  log.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await sleep(200);
  await changeMarking(host, '-I');
  return {
    stop: async () => {
      await changeMarking(host, '-D');
      await sleep(500);
      await end(log);
      await logging[Symbol.asyncDispose]();
      return legacyTracesOf(Buffer.concat(chunks).toString('utf8'), { ip: rules4, ip6: rules6 });
    },
  };
}

async function changeMarking(host: TestHost, verb: '-I' | '-D'): Promise<void> {
  for (const tool of tools) {
    for (const chain of ['PREROUTING', 'OUTPUT']) {
      for (const rule of markingRules(tool)) await host.exec([tool, '-t', 'raw', verb, chain, ...rule, '-j', 'TRACE']);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

/** By "table chain": the verdict of each rule, worded as in the trace of nft, and the policy of a base chain. */
interface SavedRules {
  chains: ReadonlyMap<string, readonly string[]>;
  policies: ReadonlyMap<string, string>;
}

async function savedRules(host: TestHost, tool: Tool): Promise<SavedRules> {
  return parseSavedRules(await host.exec([`${tool}-save`]));
}

const verdicts: Record<string, string> = {
  ACCEPT: 'accept',
  DROP: 'drop',
  RETURN: 'return',
  REJECT: 'drop',
  DNAT: 'accept',
  SNAT: 'accept',
  MASQUERADE: 'accept',
  REDIRECT: 'accept',
};

export function parseSavedRules(text: string): SavedRules {
  const chains = new Map<string, string[]>();
  const policies = new Map<string, string>();
  let table = '';
  for (const line of text.split('\n')) {
    table = /^\*(\S+)/.exec(line)?.[1] ?? table;
    const [, declared, policy = '-'] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (declared !== undefined) {
      chains.set(`${table} ${declared}`, []);
      policies.set(`${table} ${declared}`, policy.toLowerCase());
    }
    const chain = /^-A (\S+)/.exec(line)?.[1];
    if (chain === undefined) continue;
    const [, how, target = ''] = / -([jg]) (\S+)/.exec(line) ?? [];
    const jump = chains.has(`${table} ${target}`) ? `${how === 'g' ? 'goto' : 'jump'} ${target}` : 'continue';
    chains.get(`${table} ${chain}`)?.push(verdicts[target] ?? jump);
  }
  return { chains, policies };
}

const logPattern =
  /TRACE: ([^:]+):([^:]+):(rule|return|policy):(\d+) IN=(\S*) OUT=\S* .*?SRC=(\S+) DST=(\S+) .*?PROTO=(TCP|UDP|ICMP|ICMPv6) (.*)$/;

/** The lines of the kernel's log, put together by packet. */
export function legacyTracesOf(text: string, saved: { ip: SavedRules; ip6: SavedRules }): PacketTrace[] {
  const byKey = new Map<string, PacketTrace>();
  const begun = new Set<string>();
  const again = new Set<string>();
  for (const line of text.split('\n')) {
    const found = logPattern.exec(line);
    if (found === null) continue;
    const [
      ,
      table = '',
      chain = '',
      kind = '',
      number = '',
      inLink = '',
      source = '',
      destination = '',
      named = '',
      rest = '',
    ] = found;
    const protocol = named.startsWith('ICMP') ? 'icmp' : named.toLowerCase();
    const field = (name: string) => Number(new RegExp(`(?:^| )${name}=(\\d+)`).exec(rest)?.[1]);
    const key = field(protocol === 'icmp' ? 'ID' : 'SPT');
    if (!Number.isInteger(key)) continue;
    const id = `${protocol} ${key}${protocol === 'icmp' ? ` ${destination}` : ''}`;
    if (again.has(id)) continue;
    // A packet comes by a line of these chains once: the second time it is a SYN that is sent again.
    if (protocol === 'tcp' && isMarked(table, chain)) {
      const place = `${id} ${chain} ${kind} ${number}`;
      if (begun.has(place)) {
        again.add(id);
        continue;
      }
      begun.add(place);
    }
    const port = protocol === 'icmp' ? null : field('DPT');
    const trace = byKey.get(id) ?? {
      protocol,
      key,
      source,
      destination,
      destinationPort: port,
      sentHere: inLink === '',
      rules: [],
    };
    byKey.set(id, trace);
    const family = source.includes(':') ? 'ip6' : 'ip';
    const rule = namedRule({ family, table, chain, kind, number: Number(number) }, saved[family]);
    if (rule !== null) trace.rules.push(rule);
  }
  return [...byKey.values()];
}

const isMarked = (table: string, chain: string): boolean =>
  table === 'raw' && (chain === 'PREROUTING' || chain === 'OUTPUT');

/**
 * The kernel numbers the end of a chain as the rule behind its last one, and calls an unconditional verdict "return" or "policy" as well. Of a
 * user chain's end nft says nothing, so it is left out here.
 */
function namedRule(
  {
    family,
    table,
    chain,
    kind,
    number,
  }: { family: 'ip' | 'ip6'; table: string; chain: string; kind: string; number: number },
  saved: SavedRules,
): NamedRule | null {
  const position = number - (isMarked(table, chain) ? markingCount : 0);
  if (position < 1) return null;
  const rules = saved.chains.get(`${table} ${chain}`) ?? [];
  const verdict = rules[position - 1];
  if (verdict !== undefined) return [family, table, chain, position, verdict];
  return kind === 'policy'
    ? [family, table, chain, 'policy', saved.policies.get(`${table} ${chain}`) ?? 'accept']
    : null;
}
