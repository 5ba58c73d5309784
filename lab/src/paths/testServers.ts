import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { lanEchoPort } from '../lan.ts';
import { enter } from '../namespaceProcess.ts';
import type { TestHost } from '../testHost.ts';
import type { Sender } from './pathQuestion.ts';
import { enterOnHost, senderProgram } from './sendQuestions.ts';
import type { ZooPlaces } from './zooPlaces.ts';
import { udpPorts } from './zooQuestions.ts';

/**
 * A UDP server on a wildcard answers from the address that the route to its client selects, which may be another than was asked, and the
 * client does not take that. Whether a program minds this (IP_PKTINFO) no snapshot says, so the host's binds to the addresses it is asked on.
 */
const wildcards = ['0.0.0.0', '::'];

/** Servers that the zoo lacks: UDP on the host, in containers and outside, TCP in the internet. */
const servers: readonly { at: Sender; tcp: number[]; udp: number[] }[] = [
  { at: 'lan', tcp: [], udp: [udpPorts.echo] },
  { at: 'internet', tcp: [lanEchoPort], udp: [udpPorts.echo] },
  { at: 'host', tcp: [], udp: [udpPorts.host] },
  { at: 'container:web', tcp: [], udp: [udpPorts.container] },
  { at: 'container:v6', tcp: [], udp: [udpPorts.container] },
];

/** Starts them and resolves when all listen. */
export async function startTestServers(host: TestHost, places: ZooPlaces): Promise<AsyncDisposable> {
  const children = await Promise.all(
    servers.map(async ({ at, tcp, udp }) => {
      const command = [
        process.execPath,
        senderProgram,
        'serve',
        JSON.stringify({ tcp, udp, addresses: at === 'host' ? [host.ipv4, host.ipv6] : wildcards }),
      ];
      const child =
        at === 'lan' || at === 'internet'
          ? outside(host, { at, command })
          : host.spawn([...enterOnHost(places, at), ...command]);
      await ready(child, at);
      return child;
    }),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      for (const child of children) child.kill('SIGTERM');
    },
  };
}

function outside(host: TestHost, { at, command }: { at: 'lan' | 'internet'; command: string[] }): ChildProcess {
  const pid = at === 'lan' ? host.lan.pid : host.lan.internetPid;
  const [program = 'nsenter', ...rest] = enter(pid, 'net');
  return spawn(program, [...rest, 'setpriv', '--pdeathsig', 'TERM', ...command]);
}

function ready(child: ChildProcess, at: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.stdout?.once('data', () => resolve());
    child.once('error', reject);
    child.once('close', () => reject(new Error(`The echo server in ${at} ended: ${said}`)));
  });
}
