/*
 * `npm test`: sets up what the tests need, then runs all of them. On Debian as root it installs what is missing with apt; a machine that has
 * everything waits for nothing. Prints one line per stage, and at the end how many passed. `npm test -- --only unit,e2e` runs some stages.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureInstalled } from './install.mjs';

const isRoot = process.getuid?.() === 0;
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : null;

/** Debian packages that the tests need, with a program of each that tells whether it is there. */
const needs = [
  { program: 'chromium', package: 'chromium', for: 'the page' },
  { program: 'dockerd', package: 'docker.io', for: 'a real engine' },
  { program: 'iptables-save', package: 'iptables', for: 'rules' },
  { program: 'nft', package: 'nftables', for: 'rules' },
  { program: 'ipset', package: 'ipset', for: 'rules' },
  { program: 'ip', package: 'iproute2', for: 'an independent reading' },
  { program: 'busybox', package: 'busybox-static', for: 'the containers' },
  { program: 'debootstrap', package: 'debootstrap', for: 'engines of other generations' },
];

const searchPath = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;
const has = (program) => searchPath.split(':').some((directory) => existsSync(`${directory}/${program}`));

function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: searchPath, TURBO_TELEMETRY_DISABLED: '1', ...env },
  });
  return result.status === 0;
}

function installMissing() {
  const missing = needs.filter(({ program }) => !has(program));
  if (missing.length === 0) return;
  const names = missing.map((need) => need.package);
  if (!isRoot || !has('apt-get')) {
    console.log(
      `Missing: ${missing.map((need) => `${need.program} (${need.for})`).join(', ')}. Tests that need them are skipped.`,
    );
    console.log(`They come with: sudo apt-get install --no-install-recommends ${names.join(' ')}`);
    return;
  }
  console.log(`Installing ${names.join(', ')} …`);
  run('apt-get', ['update', '-qq']);
  const installed = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1',
  });
  if (!installed) console.log(`apt-get could not install ${names.join(', ')}; the tests that need them will say so.`);
}

ensureInstalled();
installMissing();

const stages = [
  { name: 'check', what: 'style, types, imports', command: ['npm', ['run', '--silent', 'check']] },
  { name: 'build', what: 'agent and page', command: ['npx', ['turbo', 'run', 'build', '--output-logs=errors-only']] },
  { name: 'docs', what: 'the guide is what the product says now', command: ['npm', ['run', '--silent', 'docs:check']] },
  { name: 'unit', what: 'unit and property tests', command: ['npx', ['vitest', 'run']] },
  {
    name: 'host',
    what: 'the agent beside an engine, on a test host',
    command: ['npm', ['run', '--silent', 'test:host']],
  },
  {
    name: 'rules',
    what: 'random rule sets against the kernel',
    command: ['npm', ['run', '--silent', 'verify:rules', '--', '--sets', '25', '--seed', '7', '--shrink', '2']],
  },
  { name: 'engines', what: 'the lab: real engines', command: ['npm', ['run', '--silent', 'test:engines']] },
  { name: 'e2e', what: 'the page, on the real agent and engine', command: ['npx', ['playwright', 'test']] },
].filter(({ name }) => !only || only.includes(name));

let passed = 0;
const failed = [];
for (const stage of stages) {
  const started = Date.now();
  console.log(`\n── ${stage.name}: ${stage.what}`);
  const ok = run(...stage.command);
  console.log(`── ${stage.name} ${ok ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  if (ok) passed += 1;
  else failed.push(stage.name);
  // Nothing after a failed build says anything about the code.
  if (!ok && stage.name === 'build') break;
}

if (failed.length > 0) console.log(`\nFailed stages: ${failed.join(', ')}`);
console.log(`\nstages: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
