import { ids, type Link, type Network, type Snapshot } from '@vethscope/model';

const host = ids.hostSandbox;

/** A link of a sandbox; as a port of the bridge `master`, if one is given. Its id. */
export function addLink(
  snapshot: Snapshot,
  sandbox: string,
  ifindex: number,
  name: string,
  master: string | null = null,
): string {
  const id = ids.link(sandbox, ifindex);
  const link: Link = {
    type: 'link',
    id,
    sandbox,
    ifindex,
    name,
    altNames: [],
    alias: null,
    mac: '02:42:ac:11:00:02',
    mtu: 1500,
    flags: ['UP'],
    up: true,
    carrier: true,
    operstate: 'up',
    master,
    port: null,
    kind: 'device',
  };
  snapshot.records.link[id] = link;
  return id;
}

export function addAddress(snapshot: Snapshot, link: string, address: string, prefix: number): void {
  const id = `address:${link.slice('link:'.length)}/${address}/${prefix}`;
  const sandbox = snapshot.records.link[link]?.sandbox ?? host;
  snapshot.records.address[id] = {
    type: 'address',
    id,
    sandbox,
    link,
    family: 4,
    address,
    prefix,
    peer: null,
    broadcast: null,
    scope: 'global',
    flags: [],
  };
}

/** The namespace that Docker keeps for an overlay, with a VXLAN link that knows two other hosts. */
export function addTunnel(snapshot: Snapshot, network: Network, position: number): void {
  const sandbox = ids.sandbox(500 + position);
  const name = `1-${network.name}`;
  snapshot.records.sandbox[sandbox] = {
    type: 'sandbox',
    id: sandbox,
    netns: 500 + position,
    kind: 'docker',
    name,
    path: `/var/run/docker/netns/${name}`,
    pid: null,
    containers: [],
  };
  network.sandbox = sandbox;
  network.vni = 4096 + position;
  const id = addLink(snapshot, sandbox, 7, 'vxlan0');
  const link = snapshot.records.link[id];
  if (!link) return;
  snapshot.records.link[id] = {
    ...link,
    kind: 'vxlan',
    vni: network.vni,
    udpPort: 4789,
    local: null,
    group: null,
    learning: true,
    proxyArp: true,
    parent: null,
  };
  for (const remote of ['198.18.0.29', '198.18.0.30']) {
    const entry = `fdbEntry:${500 + position}/7/${remote}`;
    snapshot.records.fdbEntry[entry] = {
      type: 'fdbEntry',
      id: entry,
      sandbox,
      link: id,
      bridge: null,
      mac: '02:42:0a:00:00:03',
      vlan: null,
      remote,
      permanent: true,
    };
  }
}
