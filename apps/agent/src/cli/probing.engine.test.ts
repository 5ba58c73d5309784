import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HealthBody } from '@vethscope/model';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { command, whyNoNamespaces } from '../host/testNamespace.ts';

const whyNot = whyNoNamespaces();
// Each starts an agent from source, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The agent as a person starts it, up to the banner. */
async function startAgent(...words: string[]): Promise<{ child: ChildProcess; url: string; banner: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'start', '--port', 'auto', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let banner = '';
  for await (const chunk of child.stdout) {
    banner += String(chunk);
    if (banner.includes('Ctrl+C')) break;
  }
  return { child, banner, url: /http:\/\/[^\s/]+/.exec(banner)?.[0] ?? '' };
}

describe.skipIf(whyNot !== null)(
  `vethscope start --allow-probe${whyNot === null ? '' : ` (skipped: ${whyNot})`}`,
  () => {
    let agent: Awaited<ReturnType<typeof startAgent>> | null = null;
    afterEach(async () => {
      if (agent === null || agent.child.exitCode !== null || agent.child.signalCode !== null) return;
      const ended = once(agent.child, 'exit');
      agent.child.kill('SIGKILL');
      await ended;
    });

    const tables = () => command('nft list tables');
    const post = (url: string, question: object) =>
      fetch(`${url}/api/probe`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: url },
        body: JSON.stringify({ question }),
      });
    const silent = { from: { kind: 'host' }, to: { kind: 'host', port: 1 }, protocol: 'tcp' };

    it('says so in the banner and to the page, and probes', async () => {
      agent = await startAgent('--allow-probe');
      expect(agent.banner).toContain('Probes   on');
      const health = HealthBody.parse(await (await fetch(`${agent.url}/api/health`)).json());
      expect(health.probe).toEqual({ allowed: true, why: null, fix: null });
      const answer = await post(agent.url, silent);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { outcome: { observed: 'refused', same: true } },
      ]);
    });

    it('without the word it is off', async () => {
      agent = await startAgent();
      expect(agent.banner).not.toContain('Probes');
      expect((await post(agent.url, silent)).status).toBe(409);
    });

    it('killed in the middle of a probe it leaves no table', async () => {
      agent = await startAgent('--allow-probe');
      // Nothing answers a datagram to the kernel's own discard address of the lab, so the probe lasts a second and a half.
      command('iptables -I INPUT -p udp --dport 9 -j DROP');
      try {
        const asked = post(agent.url, { ...silent, to: { kind: 'host', port: 9 }, protocol: 'udp' }).catch(() => null);
        for (let i = 0; i < 100 && !tables().includes('vethscope_probe'); i++)
          await new Promise((resolve) => setTimeout(resolve, 10));
        expect(tables()).toContain('vethscope_probe');
        const ended = once(agent.child, 'exit');
        agent.child.kill('SIGKILL');
        await ended;
        await asked;
        expect(tables()).not.toContain('vethscope_probe');
      } finally {
        command('iptables -D INPUT -p udp --dport 9 -j DROP');
      }
    });

    it('the next start sweeps what an older kernel would have left, allowed to probe or not', async () => {
      command('nft add table inet vethscope_probe');
      agent = await startAgent();
      for (let i = 0; i < 100 && tables().includes('vethscope_probe'); i++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(tables()).not.toContain('vethscope_probe');
    });
  },
);
