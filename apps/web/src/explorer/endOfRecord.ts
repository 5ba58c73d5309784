import type { Protocol, Snapshot } from '@vethscope/model';
import type { CanvasPick } from '../topology/canvasProps.ts';
import type { PathEnd, PathWords } from '../view/PageActions.tsx';
import {
  isUp,
  lanNeighbour,
  portsOf,
  publishedWord,
  receiverWord,
  senderWord,
  somewhereOutside,
  withPort,
} from './ends.ts';

/** The words for a picked thing at one end of a path; null where it can be no end. */
export function endOfRecord(snapshot: Snapshot, { record, zone }: CanvasPick, end: PathEnd): PathWords | null {
  return end === 'from' ? senderOf(snapshot, { record, zone }) : receiverOf(snapshot, { record, zone });
}

const typeOf = (record: string | null): string => record?.split(':', 1)[0] ?? '';

function senderOf(snapshot: Snapshot, { record, zone }: CanvasPick): PathWords | null {
  const { records } = snapshot;
  if (zone === 'internet') return { from: 'internet' };
  if (zone === 'host') return { from: 'host' };
  if (zone === 'lan') {
    const lan = lanNeighbour(snapshot);
    return lan && { from: lan.address };
  }
  const id = record ?? '';
  switch (typeOf(record)) {
    case 'container': {
      const container = records.container[id];
      return container && isUp(container) ? { from: senderWord(container.name) } : null;
    }
    case 'endpoint': {
      const container = records.container[records.endpoint[id]?.container ?? ''];
      return container && isUp(container) ? { from: senderWord(container.name) } : null;
    }
    case 'sandbox':
    case 'socket':
    case 'address':
    case 'link': {
      const sandbox =
        typeOf(record) === 'sandbox' ? id : (records.socket[id] ?? records.address[id] ?? records.link[id])?.sandbox;
      if (sandbox === 'sandbox:host') return { from: 'host' };
      const [first] = records.sandbox[sandbox ?? '']?.containers ?? [];
      const name = records.container[first ?? '']?.name;
      return name === undefined ? null : { from: senderWord(name) };
    }
    case 'publishedPort':
    case 'proxy':
      return { from: 'host' };
    default:
      return null;
  }
}

const transportOf = (protocol: string): Protocol => (protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp');

function receiverOf(snapshot: Snapshot, { record, zone }: CanvasPick): PathWords | null {
  const { records } = snapshot;
  if (zone === 'internet') return { to: somewhereOutside };
  if (zone === 'host') return { to: 'host', proto: 'icmp' };
  if (zone === 'lan') {
    const lan = lanNeighbour(snapshot);
    return lan && { to: lan.address, proto: 'icmp' };
  }
  const id = record ?? '';
  switch (typeOf(record)) {
    case 'container': {
      const container = records.container[id];
      return container ? receiverWord(snapshot, container) : null;
    }
    case 'endpoint': {
      const endpoint = records.endpoint[id];
      const address = endpoint?.ipv4 ?? endpoint?.ipv6 ?? null;
      const container = records.container[endpoint?.container ?? ''];
      if (!address || !container) return null;
      const [first] = portsOf(snapshot, container);
      return first ? { to: withPort(address, first.port), proto: first.protocol } : { to: address, proto: 'icmp' };
    }
    case 'publishedPort': {
      const port = records.publishedPort[id];
      const to = port && publishedWord(port);
      return port && to ? { to, proto: port.protocol } : null;
    }
    case 'proxy': {
      const proxy = Object.values(records.publishedPort).find((port) => port.proxy === id);
      const to = proxy && publishedWord(proxy);
      return proxy && to ? { to, proto: proxy.protocol } : null;
    }
    case 'socket': {
      const socket = records.socket[id];
      if (!socket || socket.protocol === 'raw') return null;
      const proto = transportOf(socket.protocol);
      if (socket.sandbox === 'sandbox:host') return { to: withPort('host', socket.port), proto };
      const name = containerIn(snapshot, socket.sandbox);
      return name === null ? null : { to: withPort(`container:${name}`, socket.port), proto };
    }
    case 'address': {
      const address = records.address[id];
      return address ? { to: address.address, proto: 'icmp' } : null;
    }
    case 'link': {
      const address = Object.values(records.address).find(({ link, scope }) => link === id && scope === 'global');
      return address ? { to: address.address, proto: 'icmp' } : null;
    }
    case 'network': {
      const gateway = records.network[id]?.subnets.find((subnet) => subnet.gateway !== null)?.gateway;
      return gateway ? { to: gateway, proto: 'icmp' } : null;
    }
    case 'sandbox': {
      if (id === 'sandbox:host') return { to: 'host', proto: 'icmp' };
      const container = Object.values(records.container).find(({ name }) => name === containerIn(snapshot, id));
      return container ? receiverWord(snapshot, container) : null;
    }
    default:
      return null;
  }
}

function containerIn({ records }: Snapshot, sandbox: string): string | null {
  const [first] = records.sandbox[sandbox]?.containers ?? [];
  return records.container[first ?? '']?.name ?? null;
}

/** What the explorer opens with where something is selected: a published port is asked for, anything else asks. */
export function presetOf(snapshot: Snapshot, record: string | null): PathWords {
  if (record === null) return {};
  const port = snapshot.records.publishedPort[record];
  const to = port && receiverOf(snapshot, { record, zone: null });
  if (to) return { from: 'internet', ...to };
  const from = senderOf(snapshot, { record, zone: null });
  return from ? { ...from, to: '' } : {};
}
