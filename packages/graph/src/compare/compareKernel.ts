import type { Link, PolicyRule, Route, Socket } from '@vethscope/model';
import type { Change } from './comparison.ts';
import { pairThings, type Thing } from './pairThings.ts';
import type { SideNames } from './sideNames.ts';

const onOff = (value: boolean) => (value ? 'on' : 'off');

function linkThing(names: SideNames, link: Link): Thing {
  const place = names.sandbox(link.sandbox);
  const name = names.link(link.id) ?? link.name;
  return {
    key: `${place} ${name}`,
    title: name,
    place,
    note: link.kind === 'other' ? link.infoKind : link.kind,
    record: link.id,
    fields: {
      kind: link.kind === 'other' ? link.infoKind : link.kind,
      state: link.up ? (link.carrier ? 'up' : 'no carrier') : 'down',
      MTU: String(link.mtu),
      'port of': names.link(link.master),
      'port state': link.port?.state ?? null,
      isolated: link.port ? onOff(link.port.isolated) : null,
      hairpin: link.port ? onOff(link.port.hairpin) : null,
      'VLAN filtering': link.kind === 'bridge' ? onOff(link.bridge.vlanFiltering) : null,
    },
  };
}

function routeThing(names: SideNames, route: Route): Thing {
  const place = names.sandbox(route.sandbox);
  const hops = route.nextHops.map((hop) => [hop.gateway, names.link(hop.link)].filter(Boolean).join(' dev '));
  const way = [route.gateway && `via ${route.gateway}`, route.link && `dev ${names.link(route.link) ?? '?'}`, ...hops];
  const title = `${route.kind === 'unicast' ? '' : `${route.kind} `}${route.destination}`;
  const table = route.table === 'main' ? '' : ` table ${route.table}`;
  return {
    key: `${place} ${route.table} ${route.kind} ${route.destination} ${route.metric ?? 0}`,
    title: `${title}${table}`,
    place,
    note: way.filter(Boolean).join(' '),
    record: route.id,
    fields: { way: way.filter(Boolean).join(' ') || null, source: route.source, MTU: route.mtu?.toString() ?? null },
  };
}

function policyThing(names: SideNames, rule: PolicyRule): Thing {
  const place = names.sandbox(rule.sandbox);
  const words = [
    rule.not && 'not',
    `from ${rule.from ?? 'all'}`,
    rule.to && `to ${rule.to}`,
    rule.mark !== null && `fwmark 0x${rule.mark.toString(16)}`,
    rule.iif && `iif ${rule.iif}`,
    rule.oif && `oif ${rule.oif}`,
    rule.protocol && `ipproto ${rule.protocol}`,
    rule.table ? `lookup ${rule.table}` : rule.action,
  ];
  const text = `${rule.priority}: ${words.filter(Boolean).join(' ')}`;
  return {
    key: `${place} ${rule.family} ${text}`,
    title: text,
    place,
    note: rule.family === 6 ? 'IPv6' : 'IPv4',
    record: rule.id,
    fields: {},
  };
}

function socketThing(names: SideNames, socket: Socket): Thing {
  const place = names.sandbox(socket.sandbox);
  const address = socket.family === 6 ? `[${socket.address}]` : socket.address;
  const title = `${address}:${socket.port}/${socket.protocol}`;
  const owners = [...new Set((socket.processes ?? []).map(({ name }) => name))].sort().join(', ');
  return {
    key: `${place} ${title}`,
    title,
    place,
    note: owners,
    record: socket.id,
    fields: { process: owners || null },
  };
}

/** Docker's own: its resolver in each container, on a port that is drawn by lot, and the proxies, which the published ports tell of. */
const isDockers = (socket: Socket): boolean =>
  socket.address === '127.0.0.11' || (socket.processes ?? []).some(({ name }) => name === 'docker-proxy');

/** The kernel's things, in the namespaces that are in both; what a namespace holds that came or went is told by it. */
export function compareKernel(before: SideNames, after: SideNames): Change[] {
  const shared = sharedPlaces(before, after);
  const inShared = (names: SideNames, sandbox: string) => shared.has(names.sandbox(sandbox));
  const things = <T extends { sandbox: string }>(
    names: SideNames,
    records: Record<string, T>,
    toThing: (names: SideNames, record: T) => Thing | null,
  ): Thing[] =>
    Object.values(records).flatMap((record) => (inShared(names, record.sandbox) ? (toThing(names, record) ?? []) : []));
  const [left, right] = [before.snapshot.records, after.snapshot.records];

  const links = pairThings('link', things(before, left.link, linkThing), things(after, right.link, linkThing));
  const told = new Set(
    links.filter(({ change }) => change !== 'changed').flatMap((each) => each.before ?? each.after ?? []),
  );
  return [
    // The two ends of an Endpoint come and go with it, and it is told.
    ...links.filter((each) => each.change === 'changed' || !isEndpoint(each.before ? before : after, each)),
    ...pairThings('address', ...bothOf(before, after, (names) => addressThings(names, shared, told))),
    ...pairThings(
      'route',
      ...bothOf(before, after, (names) =>
        things(names, names.snapshot.records.route, (side, route) =>
          route.table === 'local' || route.destination === 'fe80::/64' || route.destination === 'ff00::/8'
            ? null
            : routeThing(side, route),
        ),
      ),
    ),
    ...pairThings(
      'policyRule',
      things(before, left.policyRule, policyThing),
      things(after, right.policyRule, policyThing),
    ),
    ...pairThings('sysctl', sysctlThings(before, shared), sysctlThings(after, shared)).filter(
      ({ change }) => change === 'changed',
    ),
    ...pairThings(
      'socket',
      ...bothOf(before, after, (names) =>
        things(names, names.snapshot.records.socket, (side, socket) =>
          isDockers(socket) ? null : socketThing(side, socket),
        ),
      ),
    ),
  ];
}

function bothOf<T>(before: SideNames, after: SideNames, of: (names: SideNames) => T): [T, T] {
  return [of(before), of(after)];
}

function sharedPlaces(before: SideNames, after: SideNames): ReadonlySet<string> {
  const places = (names: SideNames) => Object.keys(names.snapshot.records.sandbox).map((id) => names.sandbox(id));
  const old = new Set(places(before));
  return new Set(places(after).filter((place) => old.has(place)));
}

function isEndpoint(names: SideNames, change: Change): boolean {
  const id = change.before ?? change.after;
  return id !== null && names.endpointOf(id) !== undefined;
}

/** Link-local ones follow from the MAC address, which says nothing to anybody. */
function addressThings(names: SideNames, shared: ReadonlySet<string>, told: ReadonlySet<string>): Thing[] {
  return Object.values(names.snapshot.records.address)
    .filter((address) => shared.has(names.sandbox(address.sandbox)) && !told.has(address.link))
    .filter((address) => address.scope !== 'link' && names.endpointOf(address.link) === undefined)
    .map((address) => {
      const place = names.sandbox(address.sandbox);
      const title = `${address.address}/${address.prefix}`;
      const link = names.link(address.link) ?? '?';
      return {
        key: `${place} ${link} ${title}`,
        title,
        place,
        note: `on ${link}`,
        record: address.id,
        fields: { flags: address.flags.join(' ') || null },
      };
    });
}

/** Of links that come and go with the containers, the switches are the namespace's defaults. */
function sysctlThings(names: SideNames, shared: ReadonlySet<string>): Thing[] {
  return Object.values(names.snapshot.records.sysctls).flatMap((record) => {
    const place = names.sandbox(record.sandbox);
    if (!shared.has(place)) return [];
    return Object.entries(record.values)
      .filter(([name]) => !/\.veth[0-9a-f]{7}\./.test(name))
      .map(([name, value]) => ({
        key: `${place} ${name}`,
        title: name,
        place,
        note: value,
        record: null,
        fields: { value },
      }));
  });
}
