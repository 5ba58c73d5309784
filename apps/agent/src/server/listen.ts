import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VethscopeError } from '@vethscope/model';
import type { Express } from 'express';

export const defaultPort = 7373;

function listenOnce(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** Listens on `port`; `auto` takes the next free one from the default upwards. Throws `addressInUse`. */
export async function listen(
  app: Express,
  port: number | 'auto',
  host: string,
): Promise<{ server: Server; port: number }> {
  const candidates = port === 'auto' ? Array.from({ length: 100 }, (_, index) => defaultPort + index) : [port];
  for (const candidate of candidates) {
    const server = createServer(app);
    try {
      await listenOnce(server, candidate, host);
      return { server, port: (server.address() as AddressInfo).port };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRINUSE') continue;
      throw new VethscopeError('usage', `Cannot listen on ${host} port ${candidate}: ${(error as Error).message}.`, {
        where: code === 'EACCES' ? '--port' : '--host',
        cause: error,
      });
    }
  }
  throw new VethscopeError('addressInUse', `Another process listens on ${host} port ${candidates[0]}.`, {
    where: '--port',
    fix: 'vethscope --port auto takes the next free one.',
  });
}
