import type { Endpoint } from '@vethscope/model';
import { asBody, type Body, bodyOf, numberOf, textOf, textsOf } from './engineText.ts';

/**
 * An endpoint as its container's body tells it. A container that never ran knows its network by name only: `networkId` null. The
 * Endpoint record is made when all networks are known.
 */
export interface EndpointFacts {
  networkName: string;
  networkId: string | null;
  facts: Pick<
    Endpoint,
    | 'engineId'
    | 'ipv4'
    | 'ipv4Prefix'
    | 'ipv6'
    | 'ipv6Prefix'
    | 'gateway4'
    | 'gateway6'
    | 'mac'
    | 'aliases'
    | 'dnsNames'
    | 'links'
    | 'gatewayPriority'
  >;
}

/** The engine writes a length of 0 for an address that is not there. */
function prefixOf(body: Body, key: string): number | null {
  const value = numberOf(body, key);
  return value === null || value === 0 ? null : value;
}

/** NetworkSettings.Networks of a container's body. Aliases held the container's short id up to API 1.44; DNSNames came with 1.44. */
export function parseEndpoints(settings: Body | null): EndpointFacts[] {
  return Object.entries(bodyOf(settings, 'Networks') ?? {}).map(([networkName, value]): EndpointFacts => {
    const body = asBody(value) ?? {};
    const ipam = bodyOf(body, 'IPAMConfig');
    const ipv4 = textOf(body, 'IPAddress');
    const ipv6 = textOf(body, 'GlobalIPv6Address');
    return {
      networkName,
      networkId: textOf(body, 'NetworkID'),
      facts: {
        engineId: textOf(body, 'EndpointID'),
        // A stopped container keeps the address that was asked for, which is worth showing.
        ipv4: ipv4 ?? textOf(ipam, 'IPv4Address'),
        ipv4Prefix: ipv4 === null ? null : prefixOf(body, 'IPPrefixLen'),
        ipv6: ipv6 ?? textOf(ipam, 'IPv6Address'),
        ipv6Prefix: ipv6 === null ? null : prefixOf(body, 'GlobalIPv6PrefixLen'),
        gateway4: textOf(body, 'Gateway'),
        gateway6: textOf(body, 'IPv6Gateway'),
        mac: textOf(body, 'MacAddress'),
        aliases: textsOf(body, 'Aliases'),
        dnsNames: textsOf(body, 'DNSNames'),
        links: textsOf(body, 'Links'),
        gatewayPriority: numberOf(body, 'GwPriority'),
      },
    };
  });
}
