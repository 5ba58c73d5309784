import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '@vethscope/model';
import { agentSnapshot } from '../agentSnapshot.ts';
import { tryCommand } from '../runCommand.ts';
import { type Connection, parseConntrack } from './conntrackTable.ts';
import { groupedBy } from './groupedBy.ts';
import { listenToNft } from './nftTrace.ts';
import type { PacketTrace } from './packetTrace.ts';
import type { Outcome } from './pathQuestion.ts';
import type { FuzzPacket } from './ruleFuzzPackets.ts';
import { type FuzzRuleSet, iptablesText, nftText } from './ruleFuzzSet.ts';
import type { FuzzTopology } from './ruleFuzzTopology.ts';
import { senderProgram } from './sendQuestions.ts';

/** A packet that was sent, and what became of it. `key` finds it in the kernel's trace and in conntrack: source port, or echo id. */
export interface SentPacket {
  packet: FuzzPacket;
  sourcePort: number;
  key: number;
  outcome: Outcome;
}

/** What vethscope read of a rule set, and what the kernel did under it. */
export interface FuzzObservation {
  snapshot: Snapshot;
  sent: SentPacket[];
  traces: PacketTrace[];
  connections: Connection[];
}

/** A rule set that a tool refuses: the generator wrote what cannot be written. */
class UnloadableRuleSetError extends Error {
  override readonly name = 'UnloadableRuleSetError';
}

/** A reading that did not come in time, or whole. */
export class BusyMachineError extends Error {
  override readonly name = 'BusyMachineError';
}

/** Source ports lie below those that the kernel takes for itself; each is used once in the life of a topology. */
export const firstFuzzPort = 20_000;
export const lastFuzzPort = 32_700;

/** Shorter than the second after which a SYN is sent again, so that each question is one packet. */
const shortTimeoutMs = 600;
/** For a machine that is busy: just less than that second. */
export const longTimeoutMs = 950;

/** Loads, reads, sends, listens, and takes all rules away again. */
export async function observeRuleSet(
  topology: FuzzTopology,
  {
    set,
    packets,
    ports,
    timeoutMs = shortTimeoutMs,
  }: {
    set: FuzzRuleSet;
    packets: readonly FuzzPacket[];
    ports: { take(): number };
    timeoutMs?: number | undefined;
  },
): Promise<FuzzObservation> {
  try {
    await load(topology, set);
    const { execApart, name } = topology;
    const snapshot = await agentSnapshot({ exec: (argv, options) => execApart(argv, options), name });
    const failed = snapshot.sources.find(({ status, sandbox }) => sandbox !== null && status === 'failed');
    if (failed !== undefined) throw new BusyMachineError(`${failed.source} could not be read: ${failed.reason}`);
    const listener = await listenToNft(topology);
    const sent = await send(topology, { packets, ports, timeoutMs }).catch((error: unknown) => ({ error }));
    const connections = parseConntrack(await topology.exec(['cat', '/proc/net/nf_conntrack']));
    // A monitor that did not get to write its last line to the end leaves one that cannot be read.
    const traces = await listener.stop().catch((error: unknown) => {
      throw new BusyMachineError(error instanceof Error ? error.message : String(error));
    });
    if ('error' in sent) throw sent.error;
    return { snapshot, sent, traces, connections };
  } finally {
    await unload(topology, set);
  }
}

async function load(topology: FuzzTopology, set: FuzzRuleSet): Promise<void> {
  const steps: [argv: string[], input: string | null][] = [
    [['ipset', 'restore'], set.ipsets.length === 0 ? null : `${set.ipsets.join('\n')}\n`],
    [['iptables-nft-restore'], iptablesText(set, 'ip')],
    [['ip6tables-nft-restore'], iptablesText(set, 'ip6')],
    [['nft', '-f', '-'], nftText(set) || null],
  ];
  for (const [argv, input] of steps) {
    if (input === null) continue;
    try {
      await topology.exec(argv, { input, timeoutMs: 20_000 });
    } catch (error) {
      throw new UnloadableRuleSetError(`${error instanceof Error ? error.message : String(error)}\n${input}`);
    }
  }
}

async function unload(topology: FuzzTopology, { ipsets }: FuzzRuleSet): Promise<void> {
  await topology.exec(['nft', 'flush', 'ruleset']);
  if (ipsets.length === 0) return;
  // The kernel lets go of the sets a moment after the rules that named them.
  for (let tries = 0; tries < 40; tries += 1) {
    const done = await topology.exec(['ipset', 'destroy']).then(
      () => true,
      () => false,
    );
    if (done) return;
    await sleep(50);
  }
  throw new Error(`The ipsets on ${topology.name} cannot be destroyed.`);
}

interface SenderAnswer {
  id: number;
  outcome: Outcome;
  icmpId?: number;
}

async function send(
  topology: FuzzTopology,
  { packets, ports, timeoutMs }: { packets: readonly FuzzPacket[]; ports: { take(): number }; timeoutMs: number },
): Promise<SentPacket[]> {
  const asked = packets.map((packet) => ({ packet, sourcePort: ports.take() }));
  const sent: SentPacket[] = [];
  await Promise.all(
    [...groupedBy(asked.entries(), ([, { packet }]) => packet.from)].map(async ([from, entries]) => {
      const questions = entries.map(([id, { packet, sourcePort }]) => {
        const { address, protocol, port } = packet;
        return { id, address, protocol, port, sourcePort };
      });
      const input = JSON.stringify({ questions, hosts: {}, nameservers: [], timeoutMs, width: 40 });
      const said = await topology.execIn(from, [process.execPath, senderProgram], { input, timeoutMs: 60_000 });
      for (const { id, outcome, icmpId } of JSON.parse(said) as SenderAnswer[]) {
        const question = asked[id];
        if (question !== undefined) sent[id] = { ...question, outcome, key: icmpId ?? question.sourcePort };
      }
    }),
  );
  return sent;
}

/** What the packets are judged by: the kernel's release and the tools' versions. */
export async function fuzzTools(): Promise<string> {
  const ask = async (...argv: string[]) => (await tryCommand(argv)).stdout.trim();
  const [kernel, nft, iptables] = [
    await ask('uname', '-r'),
    await ask('nft', '--version'),
    await ask('iptables-nft', '--version'),
  ];
  return `Linux ${kernel}, ${nft}, ${iptables}`;
}
