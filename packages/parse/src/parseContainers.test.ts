import { describe, expect, it } from 'vitest';
import { maskedText } from './maskSecrets.ts';
import { parseContainer } from './parseContainers.ts';

const id = 'c0ffee'.padEnd(64, '0');

function parsed(body: Record<string, unknown>) {
  const result = parseContainer({ Id: id, ...body });
  if (!result) throw new Error('it has an id');
  return result;
}

describe('parseContainer', () => {
  it('takes an inspected body of API 1.41', () => {
    const { container, endpoints, ports } = parsed({
      Name: '/web',
      Path: 'httpd',
      Args: ['-p', '80'],
      Created: '2026-11-21T04:05:02.245Z',
      State: {
        Status: 'running',
        Running: true,
        Pid: 42,
        ExitCode: 0,
        StartedAt: '2026-11-21T04:05:02Z',
        Health: { Status: 'healthy' },
      },
      Config: {
        Image: 'nginx:1',
        Hostname: 'web',
        Labels: { 'com.docker.compose.project': 'shop', 'api.key': 'hunter2' },
        ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      },
      HostConfig: { NetworkMode: 'front', ExtraHosts: ['a:192.0.2.1'], Dns: ['192.0.2.53'] },
      NetworkSettings: {
        Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '53/udp': null },
        Networks: {
          front: {
            NetworkID: 'n1',
            EndpointID: 'e1',
            IPAddress: '172.18.0.2',
            IPPrefixLen: 16,
            Gateway: '172.18.0.1',
            MacAddress: '02:42:ac:12:00:02',
            Aliases: ['c0ffee000000'],
            GlobalIPv6Address: '',
            GlobalIPv6PrefixLen: 0,
          },
        },
      },
    });
    expect(container).toMatchObject({
      id: `container:${id}`,
      name: 'web',
      image: 'nginx:1',
      command: 'httpd -p 80',
      state: 'running',
      status: 'Up (healthy)',
      health: 'healthy',
      exitCode: null,
      pid: 42,
      mode: 'network',
      networkMode: 'front',
      hostname: 'web',
      domainname: null,
      extraHosts: ['a:192.0.2.1'],
      dns: { servers: ['192.0.2.53'], search: [], options: [] },
      exposedPorts: [
        { port: 80, protocol: 'tcp' },
        { port: 53, protocol: 'udp' },
      ],
      labels: { 'com.docker.compose.project': 'shop', 'api.key': maskedText },
      composeProject: 'shop',
      composeService: null,
    });
    expect(endpoints).toEqual([
      {
        networkName: 'front',
        networkId: 'n1',
        facts: {
          engineId: 'e1',
          ipv4: '172.18.0.2',
          ipv4Prefix: 16,
          ipv6: null,
          ipv6Prefix: null,
          gateway4: '172.18.0.1',
          gateway6: null,
          mac: '02:42:ac:12:00:02',
          aliases: ['c0ffee000000'],
          dnsNames: [],
          links: [],
          gatewayPriority: null,
        },
      },
    ]);
    expect(ports.map(({ id: portId, hostPort, active }) => [portId, hostPort, active])).toEqual([
      [`publishedPort:${id.slice(0, 24)}/tcp/80/0.0.0.0:8080`, 8080, true],
    ]);
  });

  it('takes an element of the list where the container could not be inspected', () => {
    const { container } = parsed({
      Names: ['/other/alias', '/web'],
      Image: 'nginx',
      Command: 'nginx -g daemon',
      Created: 1_795_233_915,
      State: 'paused',
      Status: 'Up 16 minutes (Paused)',
      Labels: { tier: 'front' },
      HostConfig: { NetworkMode: 'host' },
    });
    expect(container).toMatchObject({
      name: 'web',
      command: 'nginx -g daemon',
      state: 'paused',
      status: 'Up (paused)',
      mode: 'host',
      labels: { tier: 'front' },
      createdAt: '2026-11-21T04:05:15.000Z',
      pid: null,
    });
  });

  it('has nothing but an id, and is a container', () => {
    const { container, endpoints, ports, warnings } = parsed({});
    expect(container).toMatchObject({
      name: id.slice(0, 12),
      state: 'created',
      mode: 'network',
      labels: {},
      createdAt: null,
    });
    expect([endpoints, ports, warnings]).toEqual([[], [], []]);
  });

  it('without an id it is none', () => {
    for (const body of [null, 'x', [], {}, { Id: '' }, { Id: 3 }]) expect(parseContainer(body)).toBeNull();
  });

  it('keeps hostile names and labels as they are', () => {
    const { container } = parsed({
      Name: '/<img src=x onerror=alert(1)>',
      Config: { Labels: JSON.parse('{"__proto__": "p", "constructor": "c", "a\\nb": "\\u0000"}') },
    });
    expect(container.name).toBe('<img src=x onerror=alert(1)>');
    expect(Object.entries(container.labels)).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['a\nb', '\u0000'],
    ]);
  });

  it('of a stopped one the ports are those that were asked for, and not active', () => {
    const { ports } = parsed({
      State: { Status: 'exited', ExitCode: 137 },
      HostConfig: {
        PortBindings: {
          '80/tcp': [{ HostIp: '', HostPort: '8080' }],
          '81/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
          '82/tcp': [{ HostIp: '', HostPort: '8000-8010' }],
        },
      },
      NetworkSettings: { Ports: {} },
    });
    expect(ports.map(({ hostAddress, hostPort, active }) => [hostAddress, hostPort, active])).toEqual([
      ['0.0.0.0', 8080, false],
      ['127.0.0.1', null, false],
      ['0.0.0.0', null, false],
    ]);
  });

  it('a port that is no port is a warning', () => {
    const { ports, warnings } = parsed({
      State: { Status: 'running' },
      NetworkSettings: {
        Ports: { '99999/tcp': [{ HostIp: '', HostPort: '1' }], '80/smtp': [{ HostPort: '2' }], 'x/tcp': null },
      },
    });
    expect(ports).toEqual([]);
    expect(warnings.map(({ reason }) => reason)).toEqual(['not a port', 'not a port']);
  });

  it('container: mode names the container that it shares with', () => {
    expect(parsed({ HostConfig: { NetworkMode: 'container:abc' } }).container).toMatchObject({
      mode: 'container',
      shares: 'container:abc',
    });
  });
});
