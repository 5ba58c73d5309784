import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernel, type Kernel } from './kernel.ts';
import { comparisons, readAll } from './testComparisons.ts';
import { makeNamespaces, startListeners, type TestNamespaces, whyNoNamespaces } from './testNamespace.ts';

/** The VXLAN device has a socket too, which the kernel holds itself. */
const isOfProcess = ({ port }: { port: number }) => port < 4789 || port > 4799;

const whyNot = whyNoNamespaces();

describe.skipIf(whyNot !== null)(
  `readings of a made namespace${whyNot === null ? '' : ` (skipped: ${whyNot})`}`,
  () => {
    let namespaces: TestNamespaces;
    let kernel: Kernel;
    let listeners: { pid: number; stop(): void };
    beforeAll(async () => {
      namespaces = makeNamespaces();
      kernel = createKernel();
      listeners = await startListeners(namespaces.path);
      // Duplicate address detection and carrier changes come to rest.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    });
    afterAll(async () => {
      listeners.stop();
      await kernel.close();
      namespaces.dispose();
    });

    comparisons(
      () => kernel,
      () => namespaces.path,
    );

    it('has all kinds of things to compare', async () => {
      const { readings } = await readAll(kernel, namespaces.path);
      const links = readings.links ?? [];
      const port = links.find(({ ifname }) => ifname === 'port1');
      expect(port?.linkinfo?.info_slave_data).toMatchObject({ hairpin: true, isolated: true, learning: false });
      expect(links.find(({ ifname }) => ifname === 'base')?.altnames).toEqual(['other0', 'other1']);
      expect((readings.routes ?? []).filter(({ nexthops }) => nexthops?.length === 2)).toHaveLength(2);
      expect((readings.policyRules ?? []).length).toBeGreaterThan(10);
      expect((readings.neighbors ?? []).some(({ proxy }) => proxy === null)).toBe(true);
      expect((readings.fdb ?? []).some(({ dst, master }) => dst !== undefined || master !== undefined)).toBe(true);
      expect((readings.sockets ?? []).filter(isOfProcess)).toHaveLength(8);
    });

    it('tells which namespace a veth leads to', async () => {
      const result = await readAll(kernel, namespaces.path, [namespaces.peerPath]);
      const id = result.readings.links?.find(({ ifname }) => ifname === 'port0')?.link_netnsid;
      expect(result.netnsIds).toEqual({ [String(id)]: statSync(namespaces.peerPath).ino });
    });

    it('finds who holds the sockets', async () => {
      const { readings } = await readAll(kernel, namespaces.path);
      const inodes = (readings.sockets ?? []).filter(isOfProcess).map(({ inode }) => inode);
      const found = await kernel.findSocketOwners({
        inodes,
        namespaces: [statSync(namespaces.path).ino],
        firstPids: [],
      });
      if ('unavailable' in found) throw new Error(found.reason);
      expect(found.partial).toBe(false);
      const name = readFileSync(`/proc/${listeners.pid}/comm`, 'utf8').trim();
      for (const inode of inodes) expect(found.owners[inode]).toEqual([{ pid: listeners.pid, name }]);
    });

    it('says of a namespace that is gone that it is gone', async () => {
      const results = await kernel.readNamespaces({
        requests: [
          { path: '/run/netns/kern-none', wanted: ['links', 'routes'] },
          { path: namespaces.path, netns: 1, wanted: ['links'] },
        ],
        known: [],
      });
      if ('unavailable' in results) throw new Error(results.reason);
      expect(results.map(({ netns, failures }) => [netns, failures.map(({ fault }) => fault)])).toEqual([
        [null, ['gone', 'gone']],
        [null, ['gone']],
      ]);
    });
  },
);
