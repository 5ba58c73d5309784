import type { Socket } from '@vethscope/model';
import { socketAddress } from '../build/addressWords.ts';
import { fact } from './facts.ts';
import type { Fact } from './inspection.ts';

/** "Listens 0.0.0.0:80 httpd", a line per socket; "nothing" is said. */
export function socketFacts(sockets: Socket[]): Fact[] {
  if (sockets.length === 0) return [fact('Listens', 'on nothing', { words: true, tone: 'warn' })];
  return sockets.map((socket, position) => {
    const programs = [...new Set((socket.processes ?? []).map((process) => process.name))].join(', ');
    const protocol = socket.protocol === 'tcp' ? '' : `/${socket.protocol}`;
    return fact(
      position === 0 ? 'Listens' : '',
      `${socketAddress(socket.address, socket.port)}${protocol} ${programs}`.trim(),
      { records: [socket.id] },
    );
  });
}
