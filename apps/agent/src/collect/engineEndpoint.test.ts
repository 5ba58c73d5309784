import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { engineEndpoint } from './engineEndpoint.ts';
import { SourceFailure } from './sourceFailure.ts';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true });
});

/** A home directory with a docker context. */
function homeWith(context: string, host: unknown): string {
  const home = mkdtempSync(join(tmpdir(), 'vethscope-home-'));
  homes.push(home);
  const meta = join(home, '.docker', 'contexts', 'meta', createHash('sha256').update(context).digest('hex'));
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ currentContext: context }));
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: context, Endpoints: { docker: { Host: host } } }));
  return home;
}

const ask = (env: NodeJS.ProcessEnv, options: { socket?: string; home?: string } = {}) =>
  engineEndpoint({ socket: options.socket ?? null, env, home: options.home ?? '/nonexistent' });

it('is the usual socket where nothing is said', () => {
  expect(ask({})).toMatchObject({ kind: 'unix', path: '/var/run/docker.sock' });
});

it('is the option before DOCKER_HOST, and DOCKER_HOST before the context', () => {
  const home = homeWith('rootless', 'unix:///run/user/1000/docker.sock');
  expect(ask({}, { home })).toMatchObject({ path: '/run/user/1000/docker.sock' });
  expect(ask({ DOCKER_HOST: 'unix:///run/a.sock' }, { home })).toMatchObject({ path: '/run/a.sock' });
  expect(ask({ DOCKER_HOST: 'unix:///run/a.sock' }, { home, socket: '/run/b.sock' })).toMatchObject({
    path: '/run/b.sock',
  });
});

it('is the usual socket for the context "default"', () => {
  const home = homeWith('rootless', 'unix:///run/user/1000/docker.sock');
  expect(ask({ DOCKER_CONTEXT: 'default' }, { home })).toMatchObject({ path: '/var/run/docker.sock' });
});

it('may be TCP on this host', () => {
  expect(ask({ DOCKER_HOST: 'tcp://127.0.0.1:2375' })).toMatchObject({ kind: 'tcp', host: '127.0.0.1', port: 2375 });
  expect(ask({ DOCKER_HOST: 'tcp://[::1]:9000' })).toMatchObject({ kind: 'tcp', host: '::1', port: 9000 });
});

it.each(['tcp://192.0.2.1:2375', 'ssh://me@host', 'npipe:////./pipe/docker_engine', 'nonsense'])(
  'is refused with a reason and a mend: %s',
  (host) => {
    expect(() => ask({ DOCKER_HOST: host })).toThrow(SourceFailure);
    try {
      ask({ DOCKER_HOST: host });
    } catch (error) {
      expect(error).toMatchObject({ fault: 'unsupported', fix: expect.stringContaining('--docker-socket') });
    }
  },
);

it('tells a context that names nothing', () => {
  const home = homeWith('broken', 7);
  expect(() => ask({}, { home })).toThrow(/context "broken"/);
});
