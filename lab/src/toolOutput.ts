/** The fields of iproute2's JSON that the comparison uses, and readers for the outputs that are not JSON. */

export interface ToolLink {
  ifindex: number;
  ifname: string;
  flags: string[];
  mtu: number;
  address?: string;
  master?: string;
  link?: string | null;
  link_index?: number;
  linkinfo?: { info_kind?: string };
}

export interface ToolAddresses {
  ifindex?: number;
  ifname?: string;
  addr_info?: { family: string; local?: string; prefixlen: number; scope: string }[];
}

export interface ToolRoute {
  type?: string;
  dst: string;
  gateway?: string;
  via?: { host: string };
  dev?: string;
  table?: string | number;
  protocol?: string;
  scope?: string;
  prefsrc?: string;
  metric?: number;
  flags: string[];
}

export interface ToolNeighbor {
  dst: string;
  dev: string;
  lladdr?: string;
  state?: string[];
}

export interface ToolPort {
  ifname: string;
  master?: string;
  state?: string;
  hairpin?: boolean;
  isolated?: boolean;
  learning?: boolean;
  flood?: boolean;
}

/** `ip -j` prints nothing at all for an empty list. */
export function jsonList<T>(text: string | undefined, command: string): T[] {
  if (text === undefined) throw new Error(`"${command}" is not in the independent reading.`);
  if (text.trim() === '') return [];
  try {
    return JSON.parse(text) as T[];
  } catch (error) {
    throw new Error(`"${command}" did not print JSON but "${text.slice(0, 200)}".`, { cause: error });
  }
}

export interface ToolListener {
  protocol: string;
  address: string;
  port: number;
  device: string | null;
  v6only: boolean | null;
  inode: number;
  processes: { pid: number; name: string }[];
}

/**
 * The lines of `ss -H -tulnpe`: "tcp LISTEN 0 9 *:80 *:* users:(("httpd",pid=8,fd=3)) ino:77 sk:1 v6only:0 <->". An address may be `*`
 * (IPv6 that takes IPv4 too), `[::]`, `127.0.0.11`, `[fe80::1]%eth0`, `0.0.0.0%eth0`.
 */
export function parseListeners(text: string): ToolListener[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [protocol = '', , , , local = ''] = line.split(/\s+/);
      const colon = local.lastIndexOf(':');
      const [address = '', device = null] = local.slice(0, colon).replace(/[[\]]/g, '').split('%');
      const v6only = /\sv6only:([01])/.exec(line)?.[1];
      return {
        protocol,
        address: address === '*' ? '::' : address,
        port: Number(local.slice(colon + 1)),
        device,
        v6only: v6only === undefined ? null : v6only === '1',
        inode: Number(/\sino:(\d+)/.exec(line)?.[1] ?? 0),
        processes: [...line.matchAll(/\("([^"]*)",pid=(\d+),fd=\d+\)/g)].map(([, name = '', pid]) => ({
          name,
          pid: Number(pid),
        })),
      };
    });
}

export interface ToolProxy {
  pid: number;
  option(name: string): string;
}

/** The lines of `ps -o pid=,args=`: "  812 /usr/sbin/docker-proxy -proto tcp -host-ip 0.0.0.0 …". */
export function parseProxyLines(text: string): ToolProxy[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.length > 2)
    .map(([pid, ...words]) => ({
      pid: Number(pid),
      option: (name) => words[words.indexOf(`-${name}`) + 1] ?? '',
    }));
}

/** "default" → "0.0.0.0/0", "10.0.0.1" → "10.0.0.1/32". */
export function wholePrefix(destination: string, family: 4 | 6): string {
  if (destination === 'default') return family === 4 ? '0.0.0.0/0' : '::/0';
  if (destination.includes('/')) return destination;
  return `${destination}/${family === 4 ? 32 : 128}`;
}
