import type { Rule, Snapshot } from '@vethscope/model';

export type ThingKind = 'container' | 'network' | 'link' | 'publishedPort' | 'set';

/** A thing that a rule speaks of. `network`: whose hue it has; null where it belongs to none. */
export interface RuleThing {
  record: string;
  kind: ThingKind;
  name: string;
  network: string | null;
}

/** What the rules of a Snapshot speak of, asked rule by rule. */
export type ThingsOf = (rule: Rule) => RuleThing[];

function grouped<T>(entries: Iterable<readonly [string, T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** "172.17.0.4/32" is that one address; a longer prefix stays what it is. */
const bareAddress = (text: string) => text.replace(text.includes(':') ? /\/128$/ : /\/32$/, '');

/**
 * The containers, networks, links, published ports and sets of a rule, in that order of telling: an address is the container that has it,
 * a bridge device is its network. An index is made once; each question then costs what the rule mentions.
 */
export function indexRuleThings(snapshot: Snapshot): ThingsOf {
  const { records } = snapshot;
  const networks = Object.values(records.network);
  const containers = grouped(
    Object.values(records.endpoint).flatMap((endpoint) => {
      const name = records.container[endpoint.container]?.name;
      if (name === undefined) return [];
      const thing: RuleThing = { record: endpoint.container, kind: 'container', name, network: endpoint.network };
      return [endpoint.ipv4, endpoint.ipv6].flatMap((address) => (address ? [[address, thing] as const] : []));
    }),
  );
  const networkThing = (network: (typeof networks)[number]): RuleThing => ({
    record: network.id,
    kind: 'network',
    name: network.name,
    network: network.id,
  });
  const subnets = grouped(
    networks.flatMap((network) => network.subnets.map(({ subnet }) => [subnet, networkThing(network)] as const)),
  );
  const bridges = new Map(
    networks.flatMap((network) => (network.bridge ? [[network.bridge, networkThing(network)]] : [])),
  );
  const links = new Map<string, RuleThing>();
  for (const link of Object.values(records.link)) {
    const thing = bridges.get(link.id) ?? { record: link.id, kind: 'link', name: link.name, network: null };
    for (const name of [link.name, ...link.altNames]) links.set(`${link.sandbox} ${name}`, thing);
  }
  const own = new Map<string, RuleThing>();
  for (const address of Object.values(records.address)) {
    const link = records.link[address.link];
    const thing = link && links.get(`${address.sandbox} ${link.name}`);
    if (thing) own.set(`${address.sandbox} ${address.address}`, thing);
  }
  const ports = grouped(
    Object.values(records.publishedPort).flatMap((port) => {
      const network = (port.endpoint && records.endpoint[port.endpoint]?.network) || null;
      const name = `:${port.hostPort ?? port.containerPort}/${port.protocol}`;
      const thing: RuleThing = { record: port.id, kind: 'publishedPort', name, network };
      return port.rules.map((rule) => [rule, thing] as const);
    }),
  );
  const sets = new Map(
    Object.values(records.netfilterSet).map((set) => [`${set.sandbox} ${set.table ?? ''} ${set.name}`, set]),
  );

  return (rule) => {
    const found = new Map<string, RuleThing>();
    const add = (thing: RuleThing | undefined) => {
      if (thing && !found.has(thing.record)) found.set(thing.record, thing);
    };
    const addresses = rule.translation?.address
      ? [...rule.mentions.addresses, rule.translation.address]
      : rule.mentions.addresses;
    for (const text of addresses) {
      const address = bareAddress(text);
      // The addresses of a container's own namespace (127.0.0.11) are no container's elsewhere.
      for (const thing of containers.get(address) ?? []) add(thing);
      for (const thing of subnets.get(text) ?? []) add(thing);
      if (!containers.has(address)) add(own.get(`${rule.sandbox} ${address}`));
    }
    for (const name of rule.mentions.links) add(links.get(`${rule.sandbox} ${name}`));
    const seenPorts = new Set<string>();
    for (const thing of ports.get(rule.id) ?? []) {
      // The IPv4 and the IPv6 side of one published port are one to a person.
      if (!seenPorts.has(thing.name)) add(thing);
      seenPorts.add(thing.name);
    }
    for (const name of rule.mentions.sets) {
      const bare = name.replace(/^@/, '');
      const table = rule.body.syntax === 'nft' ? (records.chain[rule.chain]?.table ?? '') : '';
      const set = sets.get(`${rule.sandbox} ${table} ${bare}`);
      add(set && { record: set.id, kind: 'set', name: bare, network: null });
    }
    return [...found.values()];
  };
}
