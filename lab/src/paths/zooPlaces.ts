import type { TestHost } from '../testHost.ts';

/** Where the zoo's containers are: the host's number of each one's first process, and its addresses by network. */
export interface ZooPlaces {
  pids: ReadonlyMap<string, number>;
  addresses: ReadonlyMap<string, readonly string[]>;
  /** Gateways of the networks, IPv4. */
  gateways: readonly string[];
}

/** Asks the engine. Containers that do not run have no place. */
export async function zooPlaces(host: Pick<TestHost, 'docker'>): Promise<ZooPlaces> {
  const pids = new Map<string, number>();
  const addresses = new Map<string, readonly string[]>();
  const gateways = new Set<string>();
  const listed = await host.docker.listContainers();
  await Promise.all(
    listed.map(async ({ Id }) => {
      const { Name, State, NetworkSettings } = await host.docker.getContainer(Id).inspect();
      const name = Name.slice(1);
      pids.set(name, State.Pid);
      const networks = Object.entries(NetworkSettings.Networks).sort(([a], [b]) => (a < b ? -1 : 1));
      addresses.set(
        name,
        networks.flatMap(([, { IPAddress, GlobalIPv6Address }]) =>
          [IPAddress, GlobalIPv6Address].filter((address) => address !== undefined && address !== ''),
        ),
      );
      for (const [network, { Gateway }] of networks) if (Gateway && network !== 'lan') gateways.add(Gateway);
    }),
  );
  return { pids, addresses, gateways: [...gateways].sort() };
}
