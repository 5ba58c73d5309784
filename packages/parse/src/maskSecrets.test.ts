import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksSecret, maskDockerBody, maskedText, maskLabels, maskWords } from './maskSecrets.ts';

describe('looksSecret', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'db.passwd',
    'passphrase',
    'api_key',
    'apiKey',
    'APIKEY',
    'com.example.secret',
    'access-token',
    'traefik.http.middlewares.x.basicauth.users',
    'credentials',
    'jwt',
    'key',
    'private_pem',
    'sentry.dsn',
  ])('%s does', (key) => expect(looksSecret(key)).toBe(true));

  it.each([
    'com.docker.compose.project',
    'maintainer',
    'org.opencontainers.image.authors',
    'keyboard',
    'monkey',
    'SandboxKey',
    'traefik.http.routers.web.rule',
    'bypass',
  ])('%s does not', (key) => expect(looksSecret(key)).toBe(false));
});

describe('maskLabels', () => {
  it('masks values of keys that look secret, and passwords in addresses of any key', () => {
    expect(
      maskLabels({ 'db.password': 'hunter2', url: 'postgres://app:hunter2@db/shop', tier: 'front', token: '' }),
    ).toEqual({
      'db.password': maskedText,
      url: `postgres://app:${maskedText}@db/shop`,
      tier: 'front',
      token: '',
    });
  });

  it('keeps a label that is named __proto__ as a label', () => {
    const labels = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
    expect(Object.entries(maskLabels(labels))).toEqual([['__proto__', 'x']]);
  });
});

describe('maskWords', () => {
  it.each([
    [['--password=hunter2'], [`--password=${maskedText}`]],
    [
      ['--password', 'hunter2'],
      ['--password', maskedText],
    ],
    [
      ['--token', '--verbose'],
      ['--token', '--verbose'],
    ],
    [['DB_PASSWORD=hunter2'], [`DB_PASSWORD=${maskedText}`]],
    [['redis://:hunter2@cache'], [`redis://:${maskedText}@cache`]],
    [
      ['sh', '-c', 'curl -d password=hunter2 http://x'],
      ['sh', '-c', `curl -d password=${maskedText} http://x`],
    ],
    [
      ['httpd', '-f', '-p', '80'],
      ['httpd', '-f', '-p', '80'],
    ],
  ])('%j', (words, masked) => expect(maskWords(words)).toEqual(masked));
});

describe('maskDockerBody', () => {
  it('no environment variable leaves, whatever it is called', () => {
    const body = {
      Config: {
        Env: ['PATH=/bin', 'X=hunter2', 'LONE'],
        Labels: { token: 'hunter2' },
        Cmd: ['x', '--secret', 'hunter2'],
      },
    };
    expect(maskDockerBody(body)).toEqual({
      Config: {
        Env: [`PATH=${maskedText}`, `X=${maskedText}`, 'LONE'],
        Labels: { token: maskedText },
        Cmd: ['x', '--secret', maskedText],
      },
    });
  });

  it('leaves what is no secret as it is', () => {
    const body = {
      SandboxKey: '/var/run/docker/netns/1',
      Ports: { '80/tcp': [{ HostIp: '::', HostPort: '80' }] },
      Pid: 3,
      Links: null,
    };
    expect(maskDockerBody(body)).toEqual(body);
  });

  it('does the same when done twice, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = maskDockerBody(value);
        expect(maskDockerBody(once)).toEqual(once);
      }),
    );
  });
});
