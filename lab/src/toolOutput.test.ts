import { describe, expect, it } from 'vitest';
import { jsonList, parseListeners, parseProxyLines, wholePrefix } from './toolOutput.ts';

describe('parseListeners', () => {
  it('reads wildcard, bracketed and bound addresses', () => {
    const text = [
      'tcp   LISTEN 0      9            *:80          *:*    users:(("httpd",pid=8,fd=3)) ino:77 sk:1001 cgroup:/x v6only:0 <->',
      'udp   UNCONN 0      0      [fe80::1]%eth0:546      [::]:*    ino:78 sk:2 v6only:1 <->',
      'tcp   LISTEN 0      4096     127.0.0.11:38193   0.0.0.0:*    users:(("dockerd",pid=31,fd=40),("dockerd",pid=31,fd=41)) ino:79 sk:3 <->',
      '',
    ].join('\n');
    expect(parseListeners(text)).toEqual([
      {
        protocol: 'tcp',
        address: '::',
        port: 80,
        device: null,
        v6only: false,
        inode: 77,
        processes: [{ name: 'httpd', pid: 8 }],
      },
      { protocol: 'udp', address: 'fe80::1', port: 546, device: 'eth0', v6only: true, inode: 78, processes: [] },
      {
        protocol: 'tcp',
        address: '127.0.0.11',
        port: 38193,
        device: null,
        v6only: null,
        inode: 79,
        processes: [
          { name: 'dockerd', pid: 31 },
          { name: 'dockerd', pid: 31 },
        ],
      },
    ]);
  });
});

describe('parseProxyLines', () => {
  it('reads the options of each process', () => {
    const [proxy, ...others] = parseProxyLines(
      '  812 /usr/sbin/docker-proxy -proto tcp -host-ip :: -host-port 8080\n\n',
    );
    expect(others).toEqual([]);
    expect([proxy?.pid, proxy?.option('proto'), proxy?.option('host-ip'), proxy?.option('host-port')]).toEqual([
      812,
      'tcp',
      '::',
      '8080',
    ]);
  });
});

describe('wholePrefix', () => {
  it('writes out what iproute2 shortens', () => {
    expect(wholePrefix('default', 4)).toBe('0.0.0.0/0');
    expect(wholePrefix('default', 6)).toBe('::/0');
    expect(wholePrefix('10.0.0.1', 4)).toBe('10.0.0.1/32');
    expect(wholePrefix('fe80::1', 6)).toBe('fe80::1/128');
    expect(wholePrefix('fe80::/64', 6)).toBe('fe80::/64');
  });
});

describe('jsonList', () => {
  it('takes no output for an empty list, and a missing one for a fault', () => {
    expect(jsonList('\n', 'ip -j neigh show')).toEqual([]);
    expect(() => jsonList(undefined, 'ip -j neigh show')).toThrow(
      '"ip -j neigh show" is not in the independent reading',
    );
    expect(() => jsonList('Cannot open', 'ip -j neigh show')).toThrow('did not print JSON but "Cannot open"');
  });
});
