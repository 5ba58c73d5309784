/*
 * Installs the npm packages where they are not in step with package-lock.json, and only there: a second start waits for nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const stamp = `${root}node_modules/.cache/vethscope-install`;

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`vethscope needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exit(1);
}

export function ensureInstalled() {
  checkNode();
  const digest = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.log('Installing npm packages …');
  const result = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) {
    console.error('npm ci failed: see above. It needs the npm registry once.');
    process.exit(1);
  }
  mkdirSync(`${root}node_modules/.cache`, { recursive: true });
  writeFileSync(stamp, digest);
}
