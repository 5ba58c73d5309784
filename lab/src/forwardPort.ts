import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import type { TestHost } from './testHost.ts';

export interface ForwardedPort extends AsyncDisposable {
  /** On the machine's 127.0.0.1. */
  port: number;
  close(): Promise<void>;
}

/*
 * Runs on the test host. Node cannot enter a namespace, but a unix socket in the run directory reaches from one to the other, and is no
 * part of the network that is being looked at.
 */
const relay = `
const net = require('node:net');
const [path, port] = process.argv.slice(1);
net.createServer((from) => {
  const to = net.connect(Number(port), '127.0.0.1');
  from.pipe(to).pipe(from);
  for (const [one, other] of [[from, to], [to, from]]) one.on('error', () => other.destroy());
}).listen(path, () => console.log('listening'));
`;

/** Makes a port of a test host's 127.0.0.1 reachable on the machine, for a browser there. */
export async function forwardPort(host: Pick<TestHost, 'runPath' | 'spawn'>, hostPort: number): Promise<ForwardedPort> {
  const path = join(host.runPath, `port-${hostPort}.sock`);
  const child = host.spawn([process.execPath, '-e', relay, path, String(hostPort)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('The relay on the test host has no output to wait for.');
  const died = once(child, 'exit').then(([status]) => {
    throw new Error(
      `The relay for port ${hostPort} ended with ${status} before it listened: is ${path} in use already?`,
    );
  });
  await Promise.race([once(child.stdout, 'data'), died]);
  died.catch(() => undefined);
  const server = createServer((from) => {
    const to = createConnection(path);
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The machine gave no port to listen on.');
  const close = async () => {
    server.close();
    child.kill();
  };
  return { port: address.port, close, [Symbol.asyncDispose]: close };
}
