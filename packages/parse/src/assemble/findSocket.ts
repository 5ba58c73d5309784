import type { Socket } from '@vethscope/model';
import { canonicalAddress, isWildcard } from '../addressText.ts';

/** The sockets of one sandbox, to be asked for the one that would receive. */
export class SocketTable {
  private readonly byPort = new Map<string, Socket[]>();

  constructor(sockets: readonly Socket[]) {
    for (const socket of sockets) {
      const key = `${socket.protocol}/${socket.port}`;
      const list = this.byPort.get(key);
      if (list) list.push(socket);
      else this.byPort.set(key, [socket]);
    }
  }

  at(protocol: string, port: number): readonly Socket[] {
    return this.byPort.get(`${protocol}/${port}`) ?? [];
  }

  /**
   * The one that receives what comes to an address and port: bound to that very address, else to the wildcard of its family, else, for
   * IPv4, to the IPv6 wildcard unless that is IPv6 only. One bound to a device is asked last. Source: kernel
   * net/ipv4/inet_hashtables.c compute_score.
   */
  receiving({ protocol, address, port }: { protocol: string; address: string; port: number }): Socket | null {
    const wanted = canonicalAddress(address) ?? address;
    const family = wanted.includes(':') ? 6 : 4;
    const score = (socket: Socket): number => {
      const base = socket.boundTo === null ? 10 : 0;
      if (socket.address === wanted) return base + 4;
      if (family === 4 && socket.address === `::ffff:${wanted}`) return base + 4;
      if (!isWildcard(socket.address)) return 0;
      if (socket.family === family) return base + 3;
      return socket.family === 6 && socket.v6only !== true ? base + 2 : 0;
    };
    let best: Socket | null = null;
    let bestScore = 0;
    for (const socket of this.at(protocol, port)) {
      const value = score(socket);
      if (value % 10 !== 0 && value > bestScore) {
        best = socket;
        bestScore = value;
      }
    }
    return best;
  }
}
