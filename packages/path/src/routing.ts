import type { Address, Family, Link, PolicyRule, Protocol, Route } from '@vethscope/model';
import type { Decisions } from './decisions.ts';
import { commonPrefixLength, type IpNumber, ipNumber, ipRange, isInPrefix } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';
import { sourceIpv6 } from './sourceIpv6.ts';

export interface RouteQuestion {
  family: Family;
  destination: string;
  source: string | null;
  mark: number;
  protocol: Protocol;
  sourcePort: number | null;
  destinationPort: number | null;
  /** Names of links. */
  inLink: string | null;
  outLink: string | null;
}

export type RouteAnswer =
  | { kind: 'unicast'; route: Route; link: string; gateway: string | null; runnersUp: Route[] }
  | { kind: 'local' | 'broadcast' | 'multicast'; route: Route; runnersUp: Route[] }
  | { kind: 'refused'; route: Route | null; how: 'unreachable' | 'prohibit' | 'blackhole' }
  | { kind: 'none' };

/** What the kernel makes of itself where nothing else was read: table local, then main, then default (IPv6 has no default). */
function defaultRules(family: Family): Pick<PolicyRule, 'priority' | 'table'>[] {
  const rules = [
    { priority: 0, table: 'local' },
    { priority: 32766, table: 'main' },
  ];
  return family === 4 ? [...rules, { priority: 32767, table: 'default' }] : rules;
}

function inPortRange(port: number | null, text: string): boolean {
  const [from, to = from] = text.split('-').map(Number);
  return port !== null && from !== undefined && to !== undefined && port >= from && port <= to;
}

const protocolNumbers: Record<Protocol, string[]> = {
  tcp: ['tcp', '6'],
  udp: ['udp', '17'],
  icmp: ['icmp', 'ipv6-icmp', 'icmpv6', '1', '58'],
  sctp: ['sctp', '132'],
};

/** Source: kernel fib_rules.c fib_rule_match, fib4_rule_match. A rule for users is open: nobody said whose socket it is. */
function ruleHolds(rule: PolicyRule, asked: RouteQuestion, decisions: Decisions): boolean {
  const mask = rule.markMask ?? 0xffffffff;
  const holds =
    (rule.from === null || (asked.source !== null && isInPrefix(asked.source, rule.from) === true)) &&
    (rule.to === null || isInPrefix(asked.destination, rule.to) === true) &&
    (rule.mark === null || ((asked.mark ^ rule.mark) & mask) === 0) &&
    (rule.iif === null || (asked.inLink ?? 'lo') === rule.iif) &&
    (rule.oif === null || asked.outLink === rule.oif) &&
    (rule.protocol === null || protocolNumbers[asked.protocol].includes(rule.protocol)) &&
    (rule.sourcePorts === null || inPortRange(asked.sourcePort, rule.sourcePorts)) &&
    (rule.destinationPorts === null || inPortRange(asked.destinationPort, rule.destinationPorts)) &&
    (rule.tos === null || rule.tos === '0') &&
    (rule.uids === null ||
      decisions.ask({
        at: rule.id,
        why: decisions.say.why.routingForUsers(rule.uids),
      }));
  return holds !== rule.not;
}

function usable(namespace: Namespace, route: Route, outLink: string | null): boolean {
  if (route.flags.includes('dead')) return false;
  if (outLink === null || route.link === null) return true;
  return namespace.links.get(route.link)?.name === outLink;
}

function nextHop(
  namespace: Namespace,
  route: Route,
  decisions: Decisions,
): { link: string; gateway: string | null } | null {
  if (route.link !== null) return { link: route.link, gateway: route.gateway };
  const hops = route.nextHops.filter(({ link }) => link !== null && namespace.links.has(link));
  const last = hops.at(-1);
  for (const hop of hops) {
    const taken = hop === last || decisions.ask({ at: route.id, why: decisions.say.why.nextHops(hops.length) });
    if (taken && hop.link !== null) return { link: hop.link, gateway: hop.gateway };
  }
  return null;
}

function lookUpTable(
  namespace: Namespace,
  asked: RouteQuestion,
  { table, suppress, decisions }: { table: string; suppress: number | null; decisions: Decisions },
): RouteAnswer | null {
  const number = ipNumber(asked.destination);
  const routes = number === null ? null : namespace.routeTable(asked.family, table);
  if (number === null || routes === null) return null;
  const found: Route[] = [];
  for (const route of routes.matching(number)) if (usable(namespace, route, asked.outLink)) found.push(route);
  const [route, ...others] = found;
  if (route === undefined) return null;
  if (suppress !== null && (ipRange(route.destination)?.length ?? 0) <= suppress) return null;
  const runnersUp = others.slice(0, 3);
  switch (route.kind) {
    case 'throw':
      return null;
    case 'local':
    case 'anycast':
      return { kind: 'local', route, runnersUp };
    case 'broadcast':
    case 'multicast':
      return { kind: route.kind, route, runnersUp };
    case 'blackhole':
    case 'unreachable':
    case 'prohibit':
      return { kind: 'refused', route, how: route.kind };
    case 'nat':
      return { kind: 'refused', route, how: 'unreachable' };
    case 'unicast': {
      const hop = nextHop(namespace, route, decisions);
      return hop === null ? null : { kind: 'unicast', route, ...hop, runnersUp };
    }
    default: {
      const never: never = route.kind;
      return never;
    }
  }
}

/** The routing decision [P5]: policy rules by priority, in each table the longest prefix, then the least metric. */
export function lookUpRoute(namespace: Namespace, asked: RouteQuestion, decisions: Decisions): RouteAnswer {
  const rules = namespace.policyRules[asked.family];
  if (rules.length === 0) {
    for (const { table } of defaultRules(asked.family)) {
      const found = lookUpTable(namespace, asked, { table: table ?? 'main', suppress: null, decisions });
      if (found !== null) return found;
    }
    return { kind: 'none' };
  }
  let from = -1;
  for (const rule of rules) {
    if (rule.priority < from || !ruleHolds(rule, asked, decisions)) continue;
    switch (rule.action) {
      case 'lookup': {
        const options = { table: rule.table ?? 'main', suppress: rule.suppressPrefixLength, decisions };
        const found = lookUpTable(namespace, asked, options);
        if (found !== null) return found;
        break;
      }
      case 'goto':
        from = rule.gotoPriority ?? from;
        break;
      case 'nop':
        break;
      case 'blackhole':
      case 'unreachable':
      case 'prohibit':
        return { kind: 'refused', route: null, how: rule.action };
      default: {
        const never: never = rule.action;
        return never;
      }
    }
  }
  return { kind: 'none' };
}

/** The address that a packet out of a link carries: of IPv4 towards a next hop, of IPv6 to a destination. Source: kernel devinet.c inet_select_addr. */
export function addressOn(namespace: Namespace, link: string, towards: string): string | null {
  const target = ipNumber(towards);
  if (target === null) return null;
  if (target.family === 6) return sourceIpv6(namespace, link, towards);
  const own = namespace.addressesOfLink.get(link) ?? [];
  const found = bestSource(own, target);
  if (found !== null) return found;
  // The first primary address of the first link that has one: here nothing asks whom it is for.
  for (const list of namespace.addressesOfLink.values()) {
    for (const { family, scope, flags, address } of list)
      if (family === 4 && scope === 'global' && !flags.includes('secondary')) return address;
  }
  return null;
}

function bestSource(addresses: readonly Address[], target: IpNumber): string | null {
  let best: string | null = null;
  let bestScore = -1;
  for (const address of addresses) {
    const number = ipNumber(address.address);
    if (number === null || address.family !== target.family || address.flags.includes('tentative')) continue;
    // Addresses of the interface's own scope, as 127.0.0.1, and secondary ones are never chosen.
    if (address.scope === 'host' || address.flags.includes('secondary')) continue;
    // The first primary address, unless a later one shares the subnet with the next hop.
    const shares =
      isInPrefix(address.address, `${address.address}/${address.prefix}`) &&
      commonPrefixLength(number, target) >= address.prefix;
    const score = shares ? 1 : 0;
    if (score > bestScore) {
      bestScore = score;
      best = address.address;
    }
  }
  return best;
}

/** The source that the kernel chooses for a packet of its own. */
export function sourceFor(namespace: Namespace, answer: RouteAnswer, destination: string): string | null {
  switch (answer.kind) {
    case 'unicast':
      // IPv6 chooses for the destination, IPv4 for the next hop. Source: kernel ip6_route.h ip6_route_get_saddr, fib_semantics.c fib_info_update_nhc_saddr.
      return (
        answer.route.source ??
        addressOn(namespace, answer.link, (answer.route.family === 6 ? null : answer.gateway) ?? destination)
      );
    case 'local':
      // IPv6 prefers the destination itself as the source (RFC 6724 rule 1).
      return answer.route.family === 6 ? destination : (answer.route.source ?? destination);
    case 'broadcast':
    case 'multicast':
      return (
        answer.route.source ??
        (answer.route.link === null ? null : addressOn(namespace, answer.route.link, destination))
      );
    case 'refused':
    case 'none':
      return null;
    default: {
      const never: never = answer;
      return never;
    }
  }
}

/** "local", "unicast", "broadcast", … of an address, on a link if one is given. Source: kernel fib_frontend.c inet_dev_addr_type. */
export function addressType(namespace: Namespace, address: string, link: Link | null): string {
  const number = ipNumber(address);
  if (number === null) return 'unspec';
  if (isInPrefix(address, number.family === 4 ? '224.0.0.0/4' : 'ff00::/8')) return 'multicast';
  if (number.value === 0n) return number.family === 4 ? 'broadcast' : 'unspec';
  if (number.family === 4 && number.value === 0xffffffffn) return 'broadcast';
  const local = namespace.routeTable(number.family, 'local');
  for (const route of local?.matching(number) ?? []) {
    if (link !== null && route.link !== link.id) continue;
    return route.kind;
  }
  // IPv4 asks the table of local addresses alone.
  if (link !== null || number.family === 4) return 'unicast';
  for (const table of ['main', 'default']) {
    for (const route of namespace.routeTable(number.family, table)?.matching(number) ?? []) return route.kind;
  }
  return 'unreachable';
}
