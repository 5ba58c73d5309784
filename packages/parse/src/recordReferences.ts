import type { AnyRecord, Link } from '@vethscope/model';

function linkReferences(link: Link): (string | null)[] {
  const other = link.kind === 'veth' ? link.peer : 'parent' in link ? link.parent : null;
  return [link.sandbox, link.master, other?.link ?? null];
}

/** Every id of another record that a record carries, for the tests that hold a Snapshot together. */
export function recordReferences(record: AnyRecord): string[] {
  return allReferences(record).filter((id) => id !== null);
}

function allReferences(record: AnyRecord): (string | null)[] {
  switch (record.type) {
    case 'sandbox':
      return record.containers;
    case 'sysctls':
    case 'policyRule':
      return [record.sandbox];
    case 'link':
      return linkReferences(record);
    case 'address':
    case 'neighbor':
      return [record.sandbox, record.link];
    case 'route':
      return [record.sandbox, record.link, ...record.nextHops.map(({ link }) => link)];
    case 'fdbEntry':
      return [record.sandbox, record.link, record.bridge];
    case 'socket':
      return [record.sandbox, record.boundTo];
    case 'proxy':
      return record.sockets;
    case 'network':
      return [record.bridge, record.parent, record.sandbox];
    case 'container':
      return [record.sandbox, record.shares];
    case 'resolver':
      return [record.container];
    case 'endpoint':
      return [record.container, record.network, record.sandbox, record.inside, record.outside];
    case 'publishedPort':
      return [record.container, record.endpoint, ...record.rules, record.proxy, record.socket, record.target];
    case 'table':
      return [record.sandbox, ...record.chains];
    case 'chain':
      return [record.sandbox, record.table, ...record.rules];
    case 'rule':
      return [record.sandbox, record.chain, ...record.jumpsTo];
    case 'netfilterSet':
      return [record.sandbox, record.table];
    case 'service':
      return record.virtualAddresses.map(({ network }) => network);
    case 'task':
      return [record.service, record.node, record.container, ...record.addresses.map(({ network }) => network)];
    case 'swarmNode':
      return [];
    case 'warning':
      return [record.sandbox];
    default:
      return record satisfies never;
  }
}
