import { ids, type NamespaceRecording, type Recording, recordingFormat, recordingVersion } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../snapshotOf.ts';

/*
 * One task of a service on an overlay network, as a manager sees it: eth0 leads into the network's own namespace, eth1 to
 * docker_gwbridge on the host. Shapes: moby api/types/swarm, libnetwork drivers/overlay.
 */
const overlayId = 'ovl1234567890abcdefghijkl';
const gatewayId = 'a'.repeat(64);
const containerId = 'b'.repeat(64);
const plain = { flags: ['UP', 'LOWER_UP'], mtu: 1450, operstate: 'UP', link_type: 'ether' };

function veth(
  name: string,
  ifindex: number,
  peer: { ifindex: number; netnsid: number },
  more: Record<string, unknown> = {},
) {
  return {
    ...plain,
    ifindex,
    ifname: name,
    address: `02:00:00:00:${peer.ifindex.toString(16).padStart(2, '0')}:${ifindex.toString(16).padStart(2, '0')}`,
    link_index: peer.ifindex,
    link_netnsid: peer.netnsid,
    linkinfo: { info_kind: 'veth' },
    ...more,
  };
}

function bridge(name: string, ifindex: number) {
  return { ...plain, ifindex, ifname: name, address: '02:ff:00:00:00:00', linkinfo: { info_kind: 'bridge' } };
}

function namespace(
  given: Partial<NamespaceRecording> & Pick<NamespaceRecording, 'netns' | 'kind'>,
): NamespaceRecording {
  return { path: null, pid: null, containers: [], netnsIds: null, readings: {}, ...given };
}

const namespaces = [
  namespace({
    netns: 1,
    kind: 'host',
    readings: {
      links: [
        bridge('docker_gwbridge', 4),
        veth('vethaaaaaaa', 12, { ifindex: 11, netnsid: 3 }, { master: 'docker_gwbridge' }),
      ],
    },
  }),
  namespace({
    netns: 2,
    kind: 'docker',
    path: `/var/run/docker/netns/1-${overlayId.slice(0, 10)}`,
    readings: {
      links: [
        bridge('br0', 2),
        {
          ...plain,
          ifindex: 6,
          ifname: 'vxlan0',
          address: '02:00:00:00:00:06',
          master: 'br0',
          link_netnsid: 0,
          linkinfo: { info_kind: 'vxlan', info_data: { id: 4097, port: 4789, learning: true, proxy: true } },
        },
        veth('veth0', 10, { ifindex: 9, netnsid: 1 }, { master: 'br0' }),
      ],
      fdb: [{ mac: '02:42:0a:00:01:09', ifname: 'vxlan0', flags: ['self'], dst: '192.0.2.20', state: 'permanent' }],
    },
  }),
  namespace({ netns: 3, kind: 'docker', path: '/var/run/docker/netns/ingress_sbox' }),
  namespace({
    netns: 7,
    kind: 'container',
    pid: 70,
    containers: [containerId],
    readings: {
      links: [
        veth('eth0', 9, { ifindex: 10, netnsid: 0 }, { address: '02:42:0a:00:01:03' }),
        veth('eth1', 11, { ifindex: 12, netnsid: 1 }, { address: '02:42:ac:13:00:03' }),
      ],
    },
  }),
];

const recording: Recording = {
  format: recordingFormat,
  version: recordingVersion,
  takenAt: '2026-01-01T00:00:00.000Z',
  writtenBy: 'test',
  masked: true,
  host: { hostname: 'm1', kernel: null },
  docker: {
    endpoint: 'unix:///var/run/docker.sock',
    bodies: {
      '/version': { Version: '28.5.2', ApiVersion: '1.51' },
      '/info': { Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
      [`/networks/${overlayId}`]: {
        Id: overlayId,
        Name: 'back',
        Driver: 'overlay',
        Scope: 'swarm',
        Options: { 'com.docker.network.driver.overlay.vxlanid_list': '4097' },
        Containers: { 'lb-back': { EndpointID: 'x', IPv4Address: '10.0.1.2/24' } },
      },
      [`/networks/${gatewayId}`]: {
        Id: gatewayId,
        Name: 'docker_gwbridge',
        Driver: 'bridge',
        Options: { 'com.docker.network.bridge.name': 'docker_gwbridge' },
        Containers: {
          [containerId]: {
            Name: 'gateway_b',
            EndpointID: 'gw1',
            MacAddress: '02:42:ac:13:00:03',
            IPv4Address: '172.19.0.3/16',
          },
          'ingress-sbox': { Name: 'gateway_ingress-sbox', EndpointID: 'gw0', IPv4Address: '172.19.0.2/16' },
        },
      },
      [`/containers/${containerId}/json`]: {
        Id: containerId,
        Name: '/app.1.t1',
        State: { Status: 'running', Pid: 70 },
        NetworkSettings: {
          Networks: {
            back: {
              NetworkID: overlayId,
              EndpointID: 'e1',
              IPAddress: '10.0.1.3',
              IPPrefixLen: 24,
              MacAddress: '02:42:0a:00:01:03',
            },
          },
        },
      },
      '/services': [
        {
          ID: 's1',
          Spec: { Name: 'app', Mode: { Replicated: { Replicas: 2 } }, EndpointSpec: { Mode: 'vip' } },
          Endpoint: {
            Spec: { Mode: 'vip' },
            Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
            VirtualIPs: [
              { NetworkID: overlayId, Addr: '10.0.1.5/24' },
              { NetworkID: 'elsewhere', Addr: '10.0.9.5/24' },
            ],
          },
        },
        { ID: 's2', Spec: { Name: 'agent', Mode: { Global: {} } } },
        { Spec: {} },
      ],
      '/tasks': [
        {
          ID: 't1',
          ServiceID: 's1',
          NodeID: 'n1',
          Slot: 1,
          DesiredState: 'running',
          Status: { State: 'running', ContainerStatus: { ContainerID: containerId } },
          NetworksAttachments: [{ Network: { ID: overlayId }, Addresses: ['10.0.1.3/24'] }],
        },
        {
          ID: 't2',
          ServiceID: 's1',
          NodeID: 'n2',
          Slot: 2,
          DesiredState: 'running',
          Status: { State: 'running', ContainerStatus: { ContainerID: 'far' } },
        },
      ],
      '/nodes': [
        {
          ID: 'n1',
          Spec: { Role: 'manager', Availability: 'active' },
          Description: { Hostname: 'm1' },
          Status: { State: 'ready', Addr: '0.0.0.0' },
          ManagerStatus: { Leader: true, Addr: '192.0.2.10:2377' },
        },
        {
          ID: 'n2',
          Spec: { Role: 'worker', Availability: 'drain' },
          Description: { Hostname: 'w1' },
          Status: { State: 'down', Addr: '192.0.2.20' },
        },
      ],
    },
  },
  namespaces,
  containerFiles: {},
  processes: [],
  sources: [],
};

describe('a swarm', () => {
  const { engine, records } = snapshotOf(recording);

  it('the engine is a manager', () => {
    expect(engine).toMatchObject({ swarm: 'active', swarmManager: true });
  });

  it('an overlay network has the namespace whose file is named after it, and its VNI', () => {
    expect(records.network[ids.network(overlayId)]).toMatchObject({ sandbox: 'sandbox:2', vni: 4097, bridge: null });
    expect(records.sandbox['sandbox:3']).toMatchObject({ kind: 'docker', name: 'ingress_sbox', containers: [] });
  });

  it('the endpoint on the overlay leads into that namespace', () => {
    expect(records.endpoint[ids.endpoint(containerId, overlayId)]).toMatchObject({
      inside: 'link:7/9',
      outside: 'link:2/10',
    });
  });

  it('the one on docker_gwbridge, which only the network tells of, leads to the host', () => {
    expect(records.endpoint[ids.endpoint(containerId, gatewayId)]).toMatchObject({
      inside: 'link:7/11',
      outside: 'link:host/12',
      ipv4: '172.19.0.3',
      ipv4Prefix: 16,
    });
    expect(Object.keys(records.endpoint)).toHaveLength(2);
  });

  it('the VTEPs behind the vxlan are kept', () => {
    expect(Object.values(records.fdbEntry)).toMatchObject([{ link: 'link:2/6', bridge: null, remote: '192.0.2.20' }]);
  });

  it('services, tasks and nodes keep what stands in this Snapshot', () => {
    expect(records.service['service:s1']).toMatchObject({
      mode: 'replicated',
      replicas: 2,
      endpointMode: 'vip',
      virtualAddresses: [{ network: ids.network(overlayId), address: '10.0.1.5' }],
      ports: [{ protocol: 'tcp', targetPort: 80, publishedPort: 8080, publishMode: 'ingress' }],
    });
    expect(records.service['service:s2']).toMatchObject({ mode: 'global', replicas: null });
    expect(records.task['task:t1']).toMatchObject({
      container: ids.container(containerId),
      node: 'swarmNode:n1',
      service: 'service:s1',
    });
    expect(records.task['task:t2']).toMatchObject({ container: null, node: 'swarmNode:n2' });
    expect(records.swarmNode['swarmNode:n1']).toMatchObject({ role: 'manager', leader: true, address: '192.0.2.10' });
    expect(records.swarmNode['swarmNode:n2']).toMatchObject({ role: 'worker', state: 'down', address: '192.0.2.20' });
    expect(Object.values(records.warning).map(({ where, reason }) => [where, reason])).toEqual([
      ['/services[2]', 'it has no ID'],
    ]);
  });
});
