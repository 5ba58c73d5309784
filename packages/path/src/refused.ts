import type { Socket } from '@vethscope/model';
import type { Flight } from './flight.ts';
import { isLoopbackAddress } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';
import { type End, ended, type Run } from './run.ts';

/** Why no socket takes a packet [P9]: none on the port, or one that listens on another address. */
export function refused(
  { world, say }: Run,
  namespace: Namespace,
  { flight, isOnly6 }: { flight: Flight; isOnly6: (socket: Socket) => boolean },
): End {
  const { sandbox } = namespace;
  const { protocol, destination } = flight;
  const port = flight.destinationPort ?? 0;
  const sockets = namespace.sockets.get(`${protocol}/${port}`) ?? [];
  if (isLoopbackAddress(flight.destination) && sandbox.kind === 'container') {
    const sentence = say.cause.loopbackIsItself({ destination, at: sandbox, protocol, port });
    return ended('refused', {
      code: 'localhost-in-container',
      sentence,
      fix: say.fix.askTheHost,
    });
  }
  if (sockets.length === 0) {
    const sentence = say.cause.nothingListens(sandbox, protocol, port);
    return ended('refused', { code: 'not-listening', sentence });
  }
  const [socket] = sockets;
  if (sockets.every(({ address }) => isLoopbackAddress(address)) && !isLoopbackAddress(flight.destination)) {
    const proxy = socket === undefined ? undefined : world.proxyOfSocket.get(socket.id);
    const sentence =
      proxy === undefined
        ? say.cause.listensOnLoopback(sandbox, socket?.address ?? null, destination)
        : say.cause.publishedOnLoopback(proxy.hostAddress, destination);
    const fix = proxy === undefined ? say.fix.listenOnAny : say.fix.publishForAll;
    return ended('refused', {
      code: proxy === undefined ? 'listens-on-loopback' : 'published-on-loopback',
      sentence,
      fix,
    });
  }
  const listening = sockets.map((one) => ({ address: one.address, isOnly6: isOnly6(one) }));
  const sentence = say.cause.listensElsewhere({ destination, at: sandbox, protocol, port, sockets: listening });
  return ended('refused', { code: 'listens-on-address', sentence });
}
