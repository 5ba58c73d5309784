/*
 * `npm run docs:recordings`: makes the small hosts that the guide in docs/guide explains, on a real engine, and records them. The recordings are in the
 * repository, and every picture of the guide is made of them; this is run again only when a recording's format changes.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { agentCommand } from './agentSnapshot.ts';
import { imageName } from './image.ts';
import { repositoryRoot } from './paths.ts';
import { startTestHost, type TestHost } from './testHost.ts';

const directory = join(repositoryRoot, 'docs/guide/recordings');

interface Wish {
  listens?: string;
  publish?: Record<string, string>;
  joins?: string[];
  address?: string;
}

/** `docker run -d --name NAME --network NETWORK …`, with a web server of busybox as what runs in it. */
async function run(docker: Docker, name: string, network: string, wish: Wish = {}): Promise<void> {
  const published = Object.entries(wish.publish ?? {});
  const container = await docker.createContainer({
    name,
    Image: imageName,
    Cmd: ['httpd', '-f', '-p', wish.listens ?? '80', '-h', '/www'],
    ExposedPorts: Object.fromEntries(published.map(([port]) => [port, {}])),
    ...(wish.address
      ? { NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: wish.address } } } } }
      : {}),
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(published.map(([port, at]) => [port, [{ HostPort: at }]])),
    },
  });
  await container.start();
  for (const other of wish.joins ?? []) await docker.getNetwork(other).connect({ Container: container.id });
}

const subnet = (prefix: string) => ({
  Driver: 'default',
  Config: [{ Subnet: `${prefix}.0/24`, Gateway: `${prefix}.1` }],
});

const scenes: Record<string, (host: TestHost) => Promise<void>> = {
  async 'first-container'({ docker }) {
    await run(docker, 'my-nginx', 'bridge', { publish: { '80/tcp': '8080' } });
  },
  async 'two-networks'({ docker }) {
    await docker.createNetwork({ Name: 'front-net', IPAM: subnet('172.30.1') });
    await docker.createNetwork({ Name: 'back-net', Internal: true, IPAM: subnet('172.30.2') });
    await run(docker, 'my-web', 'front-net', { publish: { '80/tcp': '8080' }, joins: ['back-net'] });
    await run(docker, 'my-was', 'back-net', { listens: '8000' });
    await run(docker, 'my-db', 'back-net', { listens: '5432' });
    await run(docker, 'my-cache', 'front-net', { listens: '127.0.0.1:6379', publish: { '6379/tcp': '6379' } });
  },
  async kinds(host) {
    const { docker, ipv4 } = host;
    await docker.swarmInit({ ListenAddr: `${ipv4}:2377`, AdvertiseAddr: ipv4 });
    await docker.createNetwork({ Name: 'front-net', IPAM: subnet('172.30.1') });
    await docker.createNetwork({
      Name: 'lan',
      Driver: 'macvlan',
      Options: { parent: 'eth0' },
      IPAM: { Driver: 'default', Config: [{ Subnet: '198.18.0.0/24', Gateway: '198.18.0.254' }] },
    });
    await docker.createNetwork({ Name: 'mesh', Driver: 'overlay', Attachable: true, IPAM: subnet('10.7.0') });
    await run(docker, 'my-web', 'front-net', { publish: { '80/tcp': '8080' } });
    await run(docker, 'on-host', 'host', { listens: '7000' });
    await run(docker, 'cut-off', 'none');
    await run(docker, 'sidecar', 'container:my-web', { listens: '81' });
    await run(docker, 'on-the-lan', 'lan', { address: '198.18.0.128' });
    await run(docker, 'in-the-mesh', 'mesh');
  },
};

await mkdir(directory, { recursive: true });
for (const [name, fill] of Object.entries(scenes)) {
  await using host = await startTestHost({ engine: '28.5', name: 'devbox' });
  await fill(host);
  const file = join(host.runPath, `${name}.json.gz`);
  await host.exec(agentCommand('record', '-o', file), { timeoutMs: 60_000 });
  await copyFile(file, join(directory, `${name}.json.gz`));
  console.log(`${name}: ${join(directory, `${name}.json.gz`)}`);
}
