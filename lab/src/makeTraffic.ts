import { lanEchoPort, lanRouter } from './lan.ts';
import type { TestHost } from './testHost.ts';

/** A few real connections through the zoo, so that its neighbour tables hold something. Some fail, as they should: the addresses are asked for all the same. */
export async function makeTraffic(host: Pick<TestHost, 'tryExec' | 'lan' | 'ipv4'>): Promise<void> {
  const containers = ['172.17.0.2', '172.30.1.2', '172.18.0.3:8000', '172.19.0.2', '172.20.0.2', '[fd00:6::2]'];
  const timeout = { timeoutMs: 1500 };
  await Promise.allSettled([
    ...[...containers, `${host.ipv4}:8082`].map((to) => host.tryExec(get(to), timeout)),
    ...(['lan', 'internet'] as const).map((from) => host.lan.tryExec(from, get(`${host.ipv4}:8080`), timeout)),
    host.tryExec(['busybox', 'nc', lanRouter.ipv4, String(lanEchoPort)], timeout),
  ]);
}

// Without -T: bookworm's busybox crashes on it.
const get = (place: string) => ['busybox', 'wget', '-q', '-O', '/dev/null', `http://${place}/`];
