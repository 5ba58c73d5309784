import { readlinkSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { engineNamespaces, namespaceAt, namespaceOfPid, ownNamespacePath } from './namespaces.ts';

const whyNot = process.platform === 'linux' ? null : 'not Linux';

describe.skipIf(whyNot !== null)(`namespaces${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () => {
  it('are known by the number that readlink shows', () => {
    const own = namespaceAt(ownNamespacePath);
    expect(`net:[${own?.netns}]`).toBe(readlinkSync(ownNamespacePath));
    expect(namespaceOfPid(process.pid)?.netns).toBe(own?.netns);
  });

  it('are not what a file on the place of one is', () => {
    expect(namespaceAt('/etc/passwd')).toBeNull();
    expect(namespaceAt('/proc/0/ns/net')).toBeNull();
  });

  it('of an engine are its files, and none where it has no such directory', () => {
    expect(engineNamespaces({ directory: '/no/such/directory' })).toEqual([]);
    for (const { path, netns } of engineNamespaces({ enginePid: process.pid })) expect(statSync(path).ino).toBe(netns);
  });
});
