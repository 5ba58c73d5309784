import { describe, expect, it } from 'vitest';
import { engineGenerations } from './engines.ts';
import { zooContainers, zooNetworks } from './zoo.ts';

describe.each(engineGenerations)('the zoo of %s', (engine) => {
  const site = { engine, ipv4: '198.18.0.28' };
  const containers = zooContainers(site);
  const networks = zooNetworks(site);

  it('has at least twenty containers, each with a name of its own', () => {
    expect(containers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(containers.map(({ name }) => name)).size).toBe(containers.length);
  });

  it('uses every network that it makes', () => {
    const used = new Set(
      containers.flatMap(({ options, joins }) => [options.HostConfig?.NetworkMode, ...(joins ?? [])]),
    );
    for (const { Name } of networks) expect(used).toContain(Name);
  });

  it('publishes no host port twice on an address', () => {
    const bindings = containers.flatMap(({ options }) =>
      Object.entries(
        (options.HostConfig?.PortBindings ?? {}) as Record<string, { HostIp?: string; HostPort?: string }[]>,
      ),
    );
    const places = bindings.flatMap(([port, at]) => at.map(({ HostPort }) => `${port.split('/')[1]} ${HostPort}`));
    expect(new Set(places).size).toBe(places.length);
  });

  it('lets a container wait only for those before it', () => {
    const names = containers.map(({ name }) => name);
    for (const { name, after } of containers) {
      for (const before of after ?? []) expect(names.indexOf(before)).toBeLessThan(names.indexOf(name));
    }
  });
});

it('has the gateway modes where the engine has them', () => {
  const names = (engine: '26.1' | '28.5') => zooNetworks({ engine, ipv4: '198.18.0.1' }).map(({ Name }) => Name);
  expect(names('26.1')).not.toContain('routed');
  expect(names('28.5')).toEqual(expect.arrayContaining(['routed', 'open']));
});
