import { ids, type Network, type Subnet } from '@vethscope/model';
import { addressFamily } from './addressText.ts';
import { asBody, type Body, bodyOf, isTrue, listOf, textMapOf, textOf, timeOf } from './engineText.ts';
import { maskLabels } from './maskSecrets.ts';
import type { WarningList } from './warnings.ts';

/** What a network says of an endpoint on it, of any container: swarm's docker_gwbridge stands only here. */
export interface NetworkMember {
  container: string;
  endpointId: string | null;
  mac: string | null;
  ipv4: { address: string; prefix: number | null } | null;
  ipv6: { address: string; prefix: number | null } | null;
}

export interface ParsedNetwork {
  network: Network;
  members: NetworkMember[];
}

function subnetsOf(body: Body, warn: (value: unknown, reason: string) => void): Subnet[] {
  return listOf(bodyOf(body, 'IPAM'), 'Config').flatMap((element): Subnet[] => {
    const config = asBody(element);
    const subnet = textOf(config, 'Subnet');
    // Swarm's null-IPAM and config-only networks have entries without a subnet: nothing to tell.
    if (config === null || subnet === null) return [];
    const family = addressFamily(subnet.split('/')[0] ?? '');
    if (family === null) {
      warn(element, 'its subnet is not a prefix');
      return [];
    }
    // Docker before 29 gives an IPv6 gateway as a prefix at times ("fd00::1/64").
    const gateway = textOf(config, 'Gateway')?.split('/')[0] ?? null;
    return [{ family, subnet, gateway, ipRange: textOf(config, 'IPRange') }];
  });
}

function withPrefix(text: string | null): NetworkMember['ipv4'] {
  if (text === null) return null;
  const [address = '', length] = text.split('/');
  if (addressFamily(address) === null) return null;
  return { address, prefix: length !== undefined && /^\d+$/.test(length) ? Number(length) : null };
}

function membersOf(body: Body): NetworkMember[] {
  return Object.entries(bodyOf(body, 'Containers') ?? {}).flatMap(([container, value]) => {
    const member = asBody(value);
    if (member === null) return [];
    return [
      {
        container,
        endpointId: textOf(member, 'EndpointID'),
        mac: textOf(member, 'MacAddress'),
        ipv4: withPrefix(textOf(member, 'IPv4Address')),
        ipv6: withPrefix(textOf(member, 'IPv6Address')),
      },
    ];
  });
}

/** Docker names a bridge after its network unless told otherwise. Source: moby libnetwork drivers/bridge parseNetworkOptions. */
function bridgeNameOf(driver: string, engineId: string, options: Record<string, string>): string | null {
  if (driver !== 'bridge') return null;
  return options['com.docker.network.bridge.name'] ?? `br-${engineId.slice(0, 12)}`;
}

/** Without a parent Docker makes a dummy link. Source: moby libnetwork drivers/macvlan and ipvlan getDummyName. */
function parentNameOf(driver: string, engineId: string, options: Record<string, string>): string | null {
  if (driver !== 'macvlan' && driver !== 'ipvlan') return null;
  return options.parent ?? `${driver === 'macvlan' ? 'dm' : 'di'}-${engineId.slice(0, 12)}`;
}

function vniOf(options: Record<string, string>): number | null {
  const list = options['com.docker.network.driver.overlay.vxlanid_list'];
  const first = list?.split(',')[0]?.trim();
  return first !== undefined && /^\d+$/.test(first) ? Number(first) : null;
}

/**
 * A network of the engine, from GET /networks/ID or an element of GET /networks; null (and a warning) without an id. Before API 1.47
 * there was no EnableIPv4: it is always on then. Links are joined by assemble.
 */
export function parseNetwork(value: unknown, where: string, warnings: WarningList): ParsedNetwork | null {
  const body = asBody(value);
  const engineId = textOf(body, 'Id');
  if (body === null || engineId === null) {
    warnings.add(where, value, 'a network without an id');
    return null;
  }
  const driver = textOf(body, 'Driver') ?? '';
  const options = textMapOf(body, 'Options');
  const labels = maskLabels(textMapOf(body, 'Labels'));
  return {
    network: {
      type: 'network',
      id: ids.network(engineId),
      engineId,
      name: textOf(body, 'Name') ?? engineId.slice(0, 12),
      driver,
      scope: textOf(body, 'Scope') ?? 'local',
      internal: isTrue(body, 'Internal'),
      attachable: isTrue(body, 'Attachable'),
      ingress: isTrue(body, 'Ingress'),
      enableIPv4: !Object.hasOwn(body, 'EnableIPv4') || isTrue(body, 'EnableIPv4'),
      enableIPv6: isTrue(body, 'EnableIPv6'),
      subnets: subnetsOf(body, (element, reason) => warnings.add(where, element, reason)),
      bridge: null,
      bridgeName: bridgeNameOf(driver, engineId, options),
      parent: null,
      parentName: parentNameOf(driver, engineId, options),
      sandbox: null,
      vni: vniOf(options),
      options: maskLabels(options),
      labels,
      composeProject: labels['com.docker.compose.project'] ?? null,
      createdAt: timeOf(body, 'Created'),
    },
    members: membersOf(body),
  };
}
