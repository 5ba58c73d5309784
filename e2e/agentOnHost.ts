import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import type { TestHost } from '@vethscope/lab';

/* What specs and benchmarks start on a test host: the built agent, a browser in the host's network namespace, the docker command. */

const root = fileURLToPath(new URL('..', import.meta.url));
const agentScript = `${root}apps/agent/dist/vethscope.js`;

/** Flags by which Chromium starts as root and asks nothing of the world outside. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-features=OptimizationHints,MediaRouter',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

function chromiumPath(): string {
  const bundled = chromium.executablePath();
  return existsSync(bundled) ? bundled : '/usr/bin/chromium';
}

export interface Agent extends AsyncDisposable {
  url: string;
  process: ChildProcess;
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the built agent on the host, and waits until it prints its URL. Throws with what it printed where it does not. */
export async function startAgent(
  host: TestHost,
  words: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Agent> {
  const child = host.spawn([process.execPath, agentScript, 'start', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = /http:\/\/[\w.[\]:]+\/?\S*/.exec(output)?.[0];
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (status) => reject(new Error(`The agent ended with ${status}:\n${output}`)));
    setTimeout(() => reject(new Error(`The agent printed no URL within 20 s:\n${output}`)), 20_000).unref();
  });
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    // The child is nsenter, which the signal does not pass through: the agent on the host is asked by its name.
    await host.tryExec(['pkill', `-${signal.slice(3)}`, '-f', `vethscope.js start ${words.join(' ')}`.trim()]);
    await closed;
  };
  return {
    url: url.replace(/\/$/, ''),
    process: child,
    output: () => output,
    kill,
    [Symbol.asyncDispose]: () => kill('SIGKILL'),
  };
}

/** Starts Chromium in the host's network namespace: an agent on the host's loopback is reached, and nothing else. */
export function launchBrowser(host: TestHost): Promise<Browser> {
  return chromium.launch({
    executablePath: `${root}e2e/browserOnHost.sh`,
    args: chromiumArguments,
    env: {
      ...(process.env as Record<string, string>),
      VETHSCOPE_HOST_NETNS: host.netnsPath,
      VETHSCOPE_CHROMIUM: chromiumPath(),
    },
  });
}

const askScript = `
const [url, headers] = process.argv.slice(1);
require('node:http').get(url, { headers: JSON.parse(headers) }, (response) => {
  let body = '';
  response.on('data', (chunk) => { body += chunk; });
  response.on('end', () => console.log(JSON.stringify({ status: response.statusCode, body })));
}).on('error', () => console.log('{"status":0,"body":""}'));`;

/** GET on the host, where the agent can be reached, with any header, Host included. `status` 0: nobody answers. */
export async function askAgent(
  host: TestHost,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return JSON.parse(await host.exec([process.execPath, '-e', askScript, url, JSON.stringify(headers)]));
}

/** `docker …` on the host, as a person would type it. */
export async function docker(host: TestHost, words: string): Promise<string> {
  return (await host.exec(['docker', ...words.split(' ')])).trim();
}

const agentUrl = 'http://127.0.0.1:7373';

/**
 * Removes every container and every network that a spec made, so that the next one starts on an empty host; and waits until the agent, where one
 * runs, has seen it: a page that opens before would show what is fading beside what the spec makes under the same name.
 */
export async function emptyHost(host: TestHost): Promise<void> {
  const containers = await docker(host, 'ps -aq');
  if (containers) await docker(host, `rm -f ${containers.split('\n').join(' ')}`);
  await docker(host, 'network prune -f');
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { status, body } = await askAgent(host, `${agentUrl}/api/snapshot`);
    if (status === 0) return;
    const seen: { container: Record<string, unknown> } | null =
      status === 200 ? JSON.parse(body).snapshot.records : null;
    if (seen !== null && Object.keys(seen.container).length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`The agent still shows what was removed 20 s ago: ${body.slice(0, 300)}`);
    await sleep(100);
  }
}
