/*
 * `npm start`: from a fresh clone to a picture. Installs what is missing, builds what has changed, starts the agent; `npm start -- --port 8000`
 * gives it options. Where nothing is missing and nothing has changed, it is there in a moment.
 */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

ensureInstalled();

const built = spawnSync(
  `${root}node_modules/.bin/turbo`,
  ['run', 'build', '--filter=@vethscope/agent', '--output-logs=errors-only', '--ui=stream'],
  {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    encoding: 'utf8',
  },
);
if (built.status !== 0) {
  console.error(`${built.stdout ?? ''}${built.stderr ?? ''}${built.error?.message ?? ''}`);
  console.error('The build failed: see above.');
  process.exit(1);
}

const agent = spawn(process.execPath, [`${root}apps/agent/dist/vethscope.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl+C goes to the agent as well, which ends in its own way; this one ends with it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => agent.kill('SIGTERM'));
agent.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
