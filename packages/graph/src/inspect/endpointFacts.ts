import type { Endpoint, Link } from '@vethscope/model';
import { isLinkLocal } from '../build/addressWords.ts';
import { networkTitle } from '../build/networks.ts';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { fact } from './facts.ts';
import type { Fact } from './inspection.ts';

export function linkWord(link: Link | undefined): string {
  return link ? `${link.name} #${link.ifindex}` : 'not found';
}

/** "eth0 172.17.0.4/16 · 02:42:…", "Cable eth0 #8 ↔ vethd156573 #9", "Gateway 172.17.0.1 by docker0". */
export function endpointFacts(index: SnapshotIndex, endpoint: Endpoint): (Fact | null)[] {
  const inside = index.link(endpoint.inside);
  const outside = index.link(endpoint.outside);
  const network = index.network(endpoint.network);
  const addresses = inside ? index.addressesOf(inside.id).filter((address) => !isLinkLocal(address.address)) : [];
  const told = [
    endpoint.ipv4 && withPrefix(endpoint.ipv4, endpoint.ipv4Prefix),
    endpoint.ipv6 && withPrefix(endpoint.ipv6, endpoint.ipv6Prefix),
  ];
  const shown =
    addresses.length > 0
      ? addresses.map((address) => `${address.address}/${address.prefix}`)
      : told.filter((each) => each !== null && each !== '');
  const gateway = [endpoint.gateway4, endpoint.gateway6].filter(Boolean).join(', ');
  const device = network?.bridgeName ?? network?.parentName ?? (network ? networkTitle(network) : '');
  return [
    fact(inside?.name ?? 'Address', [...shown, inside?.mac ?? endpoint.mac ?? ''].filter(Boolean).join(' · '), {
      records: [...(inside ? [inside.id] : []), ...addresses.map((address) => address.id)],
    }),
    inside && outside
      ? fact('Cable', `${linkWord(inside)} ↔ ${linkWord(outside)}`, {
          records: [outside.id, inside.id],
          tone: outside.up && inside.up ? 'plain' : 'bad',
        })
      : null,
    inside && 'parent' in inside && inside.parent
      ? fact('Parent', network?.parentName ?? linkWord(index.link(inside.parent.link)), {
          records: inside.parent.link ? [inside.parent.link] : [],
        })
      : null,
    gateway === ''
      ? null
      : fact('Gateway', `${gateway} by ${device}`, { records: network?.bridge ? [network.bridge] : [] }),
    inside && inside.mtu !== 1500 ? fact('MTU', String(inside.mtu), { records: [inside.id] }) : null,
    endpoint.aliases.length > 0 ? fact('Aliases', endpoint.aliases.join(', ')) : null,
    endpoint.links.length > 0 ? fact('Links', endpoint.links.join(', ')) : null,
  ];
}

function withPrefix(address: string, prefix: number | null): string {
  return prefix === null ? address : `${address}/${prefix}`;
}
