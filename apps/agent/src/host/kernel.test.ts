import { statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createKernel, type Kernel } from './kernel.ts';
import { ownNamespacePath } from './namespaces.ts';
import type { Dirty } from './netlinkMonitor.ts';
import { command, makeNamespaces, whyNoNamespaces } from './testNamespace.ts';

const whyNot = whyNoNamespaces();

describe.skipIf(whyNot !== null)(`the kernel${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () => {
  let kernel: Kernel;
  afterEach(() => kernel.close());

  const until = async (condition: () => boolean) => {
    for (let i = 0; i < 100 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(condition()).toBe(true);
  };

  it('answers with a value when the deadline has passed, and works again after that', async () => {
    kernel = createKernel({ deadlineMs: 0 });
    const host = { path: ownNamespacePath, wanted: ['links' as const] };
    expect(await kernel.readNamespaces({ requests: [host], known: [] })).toMatchObject({
      unavailable: true,
      fault: 'timeout',
    });
    await kernel.close();
    kernel = createKernel();
    expect(await kernel.readNamespaces({ requests: [host], known: [] })).toMatchObject([{ failures: [] }]);
  });

  it('answers with a value after it was closed', async () => {
    kernel = createKernel();
    await kernel.close();
    expect(await kernel.readProxyProcesses()).toMatchObject({ unavailable: true, fault: 'gone' });
  });

  it('leaves this thread in its own namespace', async () => {
    const before = statSync('/proc/thread-self/ns/net').ino;
    const namespaces = makeNamespaces();
    kernel = createKernel();
    const requests = Array.from({ length: 200 }, () => ({ path: namespaces.path, wanted: ['links' as const] }));
    const answer = kernel.readNamespaces({ requests, known: [] });
    expect(statSync('/proc/thread-self/ns/net').ino).toBe(before);
    expect(await answer).toHaveLength(200);
    expect(statSync('/proc/thread-self/ns/net').ino).toBe(before);
    namespaces.dispose();
  });

  it('announces changes here and in a namespace that a veth leads to', async () => {
    const namespaces = makeNamespaces();
    kernel = createKernel();
    const heard: Dirty[] = [];
    const stop = kernel.watch((dirty) => heard.push(...dirty));
    const link = `kern-${process.pid % 1000}`;
    const peer = namespaces.peerPath.replace('/run/netns/', '');
    command(`ip link add ${link} type veth peer name inside netns ${peer}`);
    const requests = [ownNamespacePath, namespaces.peerPath].map((path) => ({ path, wanted: ['links' as const] }));
    await kernel.readNamespaces({ requests, known: [] });
    expect(kernel.deafTo()).toEqual([]);
    heard.length = 0;
    command(`ip -n ${peer} addr add 10.77.0.1/24 dev inside`);
    const netns = statSync(namespaces.peerPath).ino;
    const has = (source: string, where: number | null) =>
      heard.some((dirty) => dirty.kind === 'changed' && dirty.source === source && dirty.netns === where);
    await until(() => has('addresses', netns));
    command(`ip link set ${link} up`);
    await until(() =>
      heard.some((dirty) => dirty.kind === 'changed' && dirty.source === 'links' && dirty.nsid === null),
    );
    stop();
    command(`ip link del ${link}`);
    namespaces.dispose();
  });
});
