import type { Socket } from '@vethscope/model';
import type { Flight } from './flight.ts';
import type { Namespace } from './namespace.ts';

const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** How well a socket fits: its very address before the wildcard, a device before none. Source: kernel inet_hashtables.c compute_score. */
function score(socket: Socket, flight: Flight, link: string | null): number {
  if (socket.boundTo !== null && socket.boundTo !== link) return 0;
  const device = socket.boundTo === null ? 0 : 10;
  const wanted = flight.transparent?.address ?? flight.destination;
  if (socket.address === wanted || socket.address === `::ffff:${wanted}`) return device + 4;
  if (!isWildcard(socket.address)) return 0;
  if (socket.family === flight.family) return device + 3;
  return socket.family === 6 && flight.family === 4 && socket.v6only !== true ? device + 2 : 0;
}

/**
 * The socket that receives a packet [P9]. `isOnly6` says of an IPv6 wildcard whose option was not read that it does not take IPv4.
 */
export function socketFor(
  namespace: Namespace,
  flight: Flight,
  { link = null, isOnly6 }: { link?: string | null; isOnly6?: (socket: Socket) => boolean } = {},
): Socket | null {
  const port = flight.transparent?.port ?? flight.destinationPort;
  if (flight.protocol === 'icmp' || port === null) return null;
  let best: Socket | null = null;
  let bestScore = 0;
  for (const socket of namespace.sockets.get(`${flight.protocol}/${port}`) ?? []) {
    if (socket.family === 6 && flight.family === 4 && socket.v6only === null && isOnly6?.(socket) === true) continue;
    const value = score(socket, flight, link);
    if (value > bestScore) {
      best = socket;
      bestScore = value;
    }
  }
  return best;
}
