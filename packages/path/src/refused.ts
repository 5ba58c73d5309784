import type { Socket } from '@vethscope/model';
import type { Flight } from './flight.ts';
import { isLoopbackAddress } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';
import { type End, ended } from './run.ts';
import type { World } from './world.ts';

/** Why no socket takes a packet [P9]: none on the port, or one that listens on another address. */
export function refused(
  world: World,
  namespace: Namespace,
  { flight, isOnly6 }: { flight: Flight; isOnly6: (socket: Socket) => boolean },
): End {
  const { sandbox } = namespace;
  const { protocol, destinationPort } = flight;
  const sockets = namespace.sockets.get(`${protocol}/${destinationPort ?? 0}`) ?? [];
  const { where } = namespace;
  if (isLoopbackAddress(flight.destination) && sandbox.kind === 'container') {
    const sentence = `${flight.destination} is ${where} itself, not the host, and nothing in it listens there on ${protocol} port ${destinationPort ?? 0}.`;
    return ended('refused', {
      code: 'localhost-in-container',
      sentence,
      fix: 'ask for the address of the host, or the name of the other container',
    });
  }
  if (sockets.length === 0) {
    const sentence = `Nothing in ${where} listens on ${protocol} port ${destinationPort ?? 0}.`;
    return ended('refused', { code: 'not-listening', sentence });
  }
  const [socket] = sockets;
  if (sockets.every(({ address }) => isLoopbackAddress(address)) && !isLoopbackAddress(flight.destination)) {
    const proxy = socket === undefined ? undefined : world.proxyOfSocket.get(socket.id);
    const sentence =
      proxy === undefined
        ? `The service in ${where} listens on ${socket?.address ?? 'the loopback'} only, and the packet came for ${flight.destination}.`
        : `The port is published on ${proxy.hostAddress} only, and the packet came for ${flight.destination}.`;
    const fix = proxy === undefined ? 'let the service listen on 0.0.0.0' : 'publish the port without 127.0.0.1:';
    return ended('refused', {
      code: proxy === undefined ? 'listens-on-loopback' : 'published-on-loopback',
      sentence,
      fix,
    });
  }
  const list = sockets.map((one) => `${one.address}${isOnly6(one) ? ' (IPv6 only)' : ''}`).join(', ');
  const sentence = `The sockets of ${where} on ${protocol} port ${destinationPort ?? 0} listen on ${list}, and the packet came for ${flight.destination}.`;
  return ended('refused', { code: 'listens-on-address', sentence });
}
