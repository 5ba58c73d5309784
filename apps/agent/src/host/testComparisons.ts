import { expect, it } from 'vitest';
import type { Kernel } from './kernel.ts';
import { kernelSources } from './readNamespace.ts';
import { command, iproute2 } from './testNamespace.ts';
import type { NamespaceResult } from './visitNamespaces.ts';

/*
 * The readings against iproute2's own, in the same namespace: as many items, and each field that the agent gives has
 * iproute2's value. Counters and states move, so a difference is looked at again a few times before it counts.
 */

type Item = Record<string, unknown>;

/** Everything of the namespace at `path`; its links are followed to `others`. */
export async function readAll(kernel: Kernel, path: string, others: string[] = []): Promise<NamespaceResult> {
  const requests = [path, ...others].map((each) => ({ path: each, wanted: [...kernelSources] }));
  const results = await kernel.readNamespaces({ requests, known: [] });
  if ('unavailable' in results) throw new Error(results.reason);
  const [first] = results;
  if (first === undefined) throw new Error('no result');
  return first;
}

/** Each of `ours` has the values of the item of `theirs` at the same place; `ownFields` are not iproute2's. */
function expectSame(ours: Item[], theirs: Item[], ownFields: string[] = []) {
  const comparable = theirs.map((item, index) => {
    const fields = Object.keys(ours[index] ?? {}).filter((field) => !ownFields.includes(field));
    return Object.fromEntries(fields.map((field) => [field, sameDepth(ours[index]?.[field], item[field])]));
  });
  const withoutOwn = ours.map((item) =>
    Object.fromEntries(Object.entries(item).filter(([field]) => !ownFields.includes(field))),
  );
  expect(withoutOwn).toEqual(comparable);
}

/** Of iproute2's nested value, the keys that ours has. */
function sameDepth(ours: unknown, theirs: unknown): unknown {
  if (!isItem(ours) || !isItem(theirs)) return theirs;
  return Object.fromEntries(Object.keys(ours).map((key) => [key, sameDepth(ours[key], theirs[key])]));
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

async function eventually(check: () => Promise<void>) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await check();
    } catch (cause) {
      if (attempt === 4) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}

/** The tests that hold each kind of reading of one namespace against iproute2. */
export function comparisons(kernel: () => Kernel, path: () => string) {
  const read = () => readAll(kernel(), path());

  it('reads links as `ip -j -d -s link` does', () =>
    eventually(async () => {
      const { readings, failures } = await read();
      expect(failures).toEqual([]);
      expectSame(readings.links ?? [], iproute2(path(), 'ip -j -d -s link'));
    }));

  it('reads addresses as `ip -j addr` does', () =>
    eventually(async () => {
      const { readings } = await read();
      const theirs = iproute2(path(), 'ip -j addr').flatMap((link) =>
        (Array.isArray(link.addr_info) ? link.addr_info : [])
          .filter((address) => Object.keys(address).length > 0)
          .map((address) => ({ ...address, ifindex: link.ifindex })),
      );
      // The kernel dumps one family after the other, iproute2 prints link after link.
      const order = (item: Item) => `${item.ifindex} ${item.family} ${item.local}`;
      const sorted = (items: Item[]) => items.toSorted((a, b) => order(a).localeCompare(order(b)));
      expectSame(sorted(readings.addresses ?? []), sorted(theirs));
    }));

  it('reads the routes of all tables as `ip -j route show table all` does', () =>
    eventually(async () => {
      const { readings } = await read();
      const routes = readings.routes ?? [];
      for (const [family, option] of [
        ['inet', '-4'],
        ['inet6', '-6'],
      ]) {
        expectSame(
          routes.filter((route) => route.family === family),
          iproute2(path(), `ip ${option} -j route show table all`),
          ['family'],
        );
      }
    }));

  it('reads policy rules as `ip -j rule` does', async () => {
    const { readings } = await read();
    for (const [family, option] of [
      ['inet', '-4'],
      ['inet6', '-6'],
    ]) {
      const ours = (readings.policyRules ?? []).filter((rule) => rule.family === family);
      expectSame(ours, iproute2(path(), `ip ${option} -j rule`), ['family']);
    }
  });

  it('reads neighbours as `ip -j neigh` does, and proxied addresses', () =>
    eventually(async () => {
      const { readings } = await read();
      const theirs = [...iproute2(path(), 'ip -j neigh'), ...iproute2(path(), 'ip -j neigh show proxy')];
      expectSame(
        readings.neighbors ?? [],
        theirs.map((item) => ({ state: [], ...item })),
      );
    }));

  it('reads the forwarding database as `bridge -j fdb` does', () =>
    eventually(async () => {
      const { readings } = await read();
      expectSame(readings.fdb ?? [], iproute2(path(), 'bridge -j fdb'));
    }));

  it('reads the settings as /proc/sys/net shows them inside', async () => {
    const { readings } = await read();
    const sysctls = Object.entries(readings.sysctls ?? {});
    const files = sysctls.map(
      ([name]) => `/proc/sys/${name.replaceAll('.', '\0').replaceAll('/', '.').replaceAll('\0', '/')}`,
    );
    const printed = command(`nsenter --net=${path()} grep -H . ${files.join(' ')}`)
      .trimEnd()
      .split('\n');
    expect(sysctls.map(([, value], index) => `${files[index]}:${value}`)).toEqual(printed);
    const names = sysctls.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['net.ipv4.ip_forward', 'net.ipv4.conf.all.rp_filter', 'net.ipv4.conf.lo.route_localnet']),
    );
  });

  it('reads sockets as `ss -lntue` does', () =>
    eventually(async () => {
      const { readings } = await read();
      const ours = (readings.sockets ?? []).map(({ protocol, family, address, port, inode, v6only }) =>
        [protocol, family, address, port, inode, v6only].join(' '),
      );
      expect(ours.toSorted()).toEqual(socketsOfSs(path()).toSorted());
    }));
}

/** `tcp LISTEN 0 511 127.0.0.1:8002 0.0.0.0:* ino:4711 sk:3` → what the agent would say. */
function socketsOfSs(path: string): string[] {
  const lines = command(`nsenter --net=${path} ss -HOlntue`).trim().split('\n');
  return lines.filter(Boolean).map((line) => {
    const [protocol, , , , local = ''] = line.split(/\s+/);
    const colon = local.lastIndexOf(':');
    const host = local.slice(0, colon).replace(/%.*$/, '');
    const v6only = /v6only:(\d)/.exec(line)?.[1];
    const isInet6 = host.startsWith('[') || host === '*';
    const address = host === '*' ? '::' : host.replace(/^\[|\]$/g, '');
    const inode = /ino:(\d+)/.exec(line)?.[1];
    return [
      protocol,
      isInet6 ? 'inet6' : 'inet',
      address,
      local.slice(colon + 1),
      inode,
      isInet6 ? v6only === '1' : null,
    ].join(' ');
  });
}
