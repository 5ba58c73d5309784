import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Snapshot } from '@vethscope/model';
import { repositoryRoot } from './paths.ts';
import type { TestHost } from './testHost.ts';

const bundle = join(repositoryRoot, 'apps/agent/dist/vethscope.js');

/** The command to run vethscope on a test host, where Node and the checkout have the paths that they have on the machine. */
export function agentCommand(...argv: string[]): string[] {
  return [process.execPath, bundle, ...argv];
}

/** What vethscope says of a test host: `vethscope snapshot --json`, run on it, with the engine at its usual socket and the host's own tools. */
export async function agentSnapshot(host: Pick<TestHost, 'exec' | 'name'>): Promise<Snapshot> {
  await access(bundle).catch(() => {
    throw new Error(`The agent is not built: there is no ${bundle}. Build it first: npm run build`);
  });
  const text = await host.exec(agentCommand('snapshot', '--json'), { timeoutMs: 120_000 });
  const parsed = Snapshot.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(
    `"vethscope snapshot --json" on ${host.name} printed what is not a Snapshot: ${first?.path.join('.')}: ${first?.message} ` +
      `(${parsed.error.issues.length} in all).`,
  );
}
