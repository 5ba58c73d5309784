import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernel, type Kernel } from './kernel.ts';
import { comparisons, readAll } from './testComparisons.ts';
import { command, whyNoNamespaces } from './testNamespace.ts';

function whyNoEngine(): string | null {
  const whyNot = whyNoNamespaces();
  if (whyNot !== null) return whyNot;
  try {
    execFileSync('docker', ['image', 'inspect', 'vethscope/busybox'], { stdio: 'ignore', timeout: 5_000 });
    return null;
  } catch {
    return 'no engine with the image vethscope/busybox';
  }
}
const whyNoContainer = whyNoEngine();

describe.skipIf(whyNoContainer !== null)(
  `readings of a container${whyNoContainer === null ? '' : ` (skipped: ${whyNoContainer})`}`,
  () => {
    const name = `kern-${process.pid}`;
    let kernel: Kernel;
    let path: string;
    beforeAll(() => {
      kernel = createKernel();
      command(
        `docker run -d --pull=never --name ${name} --sysctl net.ipv4.ip_unprivileged_port_start=7 --sysctl net.ipv4.conf.all.arp_ignore=2 --sysctl net.ipv4.conf.all.rp_filter=2 -p 127.0.0.1::80 vethscope/busybox httpd -f -p 80`,
      );
      const pid = command(`docker inspect -f {{.State.Pid}} ${name}`).trim();
      path = `/proc/${pid}/ns/net`;
    });
    afterAll(async () => {
      command(`docker rm -f ${name}`);
      await kernel.close();
    });

    comparisons(
      () => kernel,
      () => path,
    );

    it('has the settings of the container, not of the host', async () => {
      const { readings } = await readAll(kernel, path);
      expect(readings.sysctls).toMatchObject({
        'net.ipv4.ip_unprivileged_port_start': '7',
        'net.ipv4.conf.all.arp_ignore': '2',
        'net.ipv4.conf.all.rp_filter': '2',
      });
    });

    it('leads to the host and from it', async () => {
      const own = '/proc/self/ns/net';
      const container = await readAll(kernel, path, [own]);
      const host = await readAll(kernel, own, [path]);
      expect(Object.values(container.netnsIds)).toEqual([statSync(own).ino]);
      expect(Object.values(host.netnsIds)).toContain(statSync(path).ino);
    });

    it('finds the docker-proxy of the published port', async () => {
      const proxies = await kernel.readProxyProcesses();
      if ('unavailable' in proxies) throw new Error(proxies.reason);
      expect(proxies.some(({ argv }) => argv[argv.indexOf('-container-port') + 1] === '80')).toBe(true);
    });
  },
);
