import { type Container, type Endpoint, ids, type Link } from '@vethscope/model';
import { canonicalAddress } from '../addressText.ts';
import type { ParsedContainer } from '../parseContainers.ts';
import type { NetworkMember, ParsedNetwork } from '../parseNetworks.ts';
import type { WarningList } from '../warnings.ts';
import type { Draft } from './draft.ts';

interface Inside {
  byMac: Map<string, Link[]>;
  byAddress: Map<string, Link[]>;
}

function push(map: Map<string, Link[]>, key: string, link: Link): void {
  const list = map.get(key);
  if (!list) map.set(key, [link]);
  else if (!list.includes(link)) list.push(link);
}

function insideOf(draft: Draft): Map<string, Inside> {
  const found = new Map<string, Inside>();
  for (const { sandbox, links, addresses } of draft.namespaces) {
    const inside: Inside = { byMac: new Map(), byAddress: new Map() };
    for (const { id } of links) {
      const link = draft.links.get(id);
      if (link && link.kind !== 'loopback' && link.mac !== null) push(inside.byMac, link.mac.toLowerCase(), link);
    }
    for (const address of addresses) {
      const link = draft.links.get(address.link);
      if (link && link.kind !== 'loopback') push(inside.byAddress, address.address, link);
    }
    found.set(sandbox.id, inside);
  }
  return found;
}

/** The one link with the endpoint's MAC; several (ipvlan children share one) or none: the one with its address. */
function findInside(endpoint: Endpoint, inside: Inside): Link | null {
  const macs = endpoint.mac === null ? [] : (inside.byMac.get(endpoint.mac.toLowerCase()) ?? []);
  if (macs.length === 1) return macs[0] ?? null;
  const addresses = [endpoint.ipv4, endpoint.ipv6].flatMap((address) =>
    address === null ? [] : (inside.byAddress.get(canonicalAddress(address) ?? address) ?? []),
  );
  const found = new Set(macs.length > 1 ? addresses.filter((link) => macs.includes(link)) : addresses);
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const noFacts = {
  engineId: null,
  ipv4: null,
  ipv4Prefix: null,
  ipv6: null,
  ipv6Prefix: null,
  gateway4: null,
  gateway6: null,
  mac: null,
  aliases: [],
  dnsNames: [],
  links: [],
  gatewayPriority: null,
};

function memberFacts(
  member: NetworkMember,
): Omit<Endpoint, 'type' | 'id' | 'container' | 'network' | 'sandbox' | 'inside' | 'outside'> {
  return {
    ...noFacts,
    engineId: member.endpointId,
    mac: member.mac,
    ipv4: member.ipv4?.address ?? null,
    ipv4Prefix: member.ipv4?.prefix ?? null,
    ipv6: member.ipv6?.address ?? null,
    ipv6Prefix: member.ipv6?.prefix ?? null,
  };
}

/**
 * The endpoints, with the Links that they are: inside the container by MAC, else by address; outside its veth peer. A network's own list of
 * members adds what no container's body tells: swarm's docker_gwbridge. An endpoint on a network that the engine did not list is a warning.
 */
export function joinEndpoints(
  draft: Draft,
  engine: { containers: readonly ParsedContainer[]; networks: readonly ParsedNetwork[] },
  warnings: WarningList,
): void {
  const insides = insideOf(draft);
  const networkByName = new Map<string, string>();
  for (const { network } of engine.networks) networkByName.set(network.name, network.id);

  const add = (container: Container, networkId: string, facts: ReturnType<typeof memberFacts>) => {
    const network = draft.networks.get(networkId);
    if (!network) return;
    const id = ids.endpoint(container.engineId, network.engineId);
    if (draft.endpoints.has(id)) return;
    const endpoint: Endpoint = {
      type: 'endpoint',
      id,
      container: container.id,
      network: networkId,
      sandbox: container.sandbox,
      inside: null,
      outside: null,
      ...facts,
    };
    const realised = network.driver !== 'host' && network.driver !== 'null' && container.sandbox !== null;
    const inside = realised ? insides.get(container.sandbox ?? '') : undefined;
    const link = inside ? findInside(endpoint, inside) : null;
    draft.endpoints.set(id, {
      ...endpoint,
      inside: link?.id ?? null,
      outside: link?.kind === 'veth' ? link.peer.link : null,
    });
  };

  for (const parsed of engine.containers) {
    const container = draft.containers.get(parsed.container.id);
    if (!container) continue;
    for (const { networkName, networkId, facts } of parsed.endpoints) {
      // The key is the name of the network, or its id where the container was started with that.
      const id =
        networkId !== null && draft.networks.has(ids.network(networkId))
          ? ids.network(networkId)
          : networkId === null
            ? (networkByName.get(networkName) ?? ids.network(networkName))
            : ids.network(networkId);
      if (draft.networks.has(id)) add(container, id, facts);
      else {
        warnings.add(
          `container ${container.name}`,
          { network: networkName, id: networkId },
          'the engine lists no such network',
        );
      }
    }
  }
  for (const { network, members } of engine.networks) {
    for (const member of members) {
      const container = draft.containers.get(ids.container(member.container));
      if (container) add(container, network.id, memberFacts(member));
    }
  }
}
