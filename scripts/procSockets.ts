import type { SocketReading } from '../packages/model/src/index.ts';

/** "0100007F" or 32 digits: words of four bytes, each in the byte order of the (little-endian) host that wrote it. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  // Only the longest run of zeros is shortened (RFC 5952).
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

const listening = '0A';
const anyPeer = /^0+:0000$/;

/** The sockets that receive, from the texts of /proc/net/{tcp,tcp6,udp,udp6}: TCP in state LISTEN, UDP with no peer. */
export function procSockets(texts: {
  tcp?: string | undefined;
  tcp6?: string | undefined;
  udp?: string | undefined;
  udp6?: string | undefined;
}): SocketReading[] {
  const files = [
    ['tcp', 'inet', texts.tcp],
    ['tcp', 'inet6', texts.tcp6],
    ['udp', 'inet', texts.udp],
    ['udp', 'inet6', texts.udp6],
  ] as const;
  return files.flatMap(([protocol, family, text]) =>
    (text ?? '')
      .split('\n')
      .slice(1)
      .flatMap((line): SocketReading[] => {
        const [, local, peer, state, , , , uid, , inode] = line.trim().split(/\s+/);
        if (local === undefined || peer === undefined || inode === undefined) return [];
        if (protocol === 'tcp' ? state !== listening : !anyPeer.test(peer)) return [];
        const [hex = '', port = ''] = local.split(':');
        return [
          {
            protocol,
            family,
            address: addressOf(hex),
            port: Number.parseInt(port, 16),
            inode: Number(inode),
            uid: Number(uid),
            // /proc/net does not tell; sock_diag does.
            v6only: null,
            boundIfindex: null,
            processes: null,
          },
        ];
      }),
  );
}
