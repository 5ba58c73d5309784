import type { Snapshot } from '@vethscope/model';
import type { FactKind } from './facts.ts';

/** A fault that a reader of the kernel might have, and the kinds of facts in which it must show. */
export interface WrongSnapshot {
  name: string;
  spoil(snapshot: Snapshot): void;
  kinds: readonly FactKind[];
}

/** The first record that fits. The zoo has one of each that is looked for here. */
function one<T>(records: Record<string, T>, fits: (record: T) => boolean): T {
  const found = Object.values(records).find(fits);
  if (found === undefined) throw new Error('The zoo has no such record: the fault cannot be made.');
  return found;
}

export const wrongSnapshots: readonly WrongSnapshot[] = [
  {
    name: 'the peers of two veths swapped',
    kinds: ['veth pair'],
    spoil: ({ records }) => {
      const inside = (record: Snapshot['records']['link'][string]) =>
        record.kind === 'veth' && record.sandbox !== 'sandbox:host';
      const first = one(records.link, inside);
      const second = one(records.link, (record) => inside(record) && record.id !== first.id);
      if (first.kind === 'veth' && second.kind === 'veth') [first.peer, second.peer] = [second.peer, first.peer];
    },
  },
  {
    name: 'a port on another bridge',
    kinds: ['bridge port', 'link'],
    spoil: ({ records }) => {
      const port = one(records.link, ({ master }) => master !== null);
      port.master = one(records.link, ({ kind, id }) => kind === 'bridge' && id !== port.master).id;
    },
  },
  {
    name: 'an address with another prefix length',
    kinds: ['address'],
    spoil: ({ records }) => {
      one(records.address, ({ address }) => address === '172.17.0.1').prefix = 24;
    },
  },
  {
    name: 'a route missing',
    kinds: ['route'],
    spoil: ({ records }) => {
      delete records.route[one(records.route, ({ destination }) => destination === '0.0.0.0/0').id];
    },
  },
  {
    name: 'a neighbour too many',
    kinds: ['neighbour'],
    spoil: ({ records }) => {
      const neighbor = one(records.neighbor, () => true);
      records.neighbor.made = { ...neighbor, id: 'made', address: '192.0.2.1' };
    },
  },
  {
    name: 'a listener held by another process',
    kinds: ['listener'],
    spoil: ({ records }) => {
      one(records.socket, ({ port }) => port === 7000).processes = [{ pid: 1, name: 'init' }];
    },
  },
  {
    name: "an endpoint with another container's link",
    kinds: ['endpoint'],
    spoil: ({ records }) => {
      const joined = one(records.endpoint, ({ outside }) => outside !== null);
      joined.outside = one(records.endpoint, ({ outside }) => outside !== null && outside !== joined.outside).outside;
    },
  },
  {
    name: 'a container missing',
    kinds: ['container'],
    spoil: ({ records }) => {
      delete records.container[one(records.container, ({ name }) => name === 'stopped').id];
      // Its endpoint keeps its name, or the fault would show twice.
      for (const endpoint of Object.values(records.endpoint)) {
        if (records.container[endpoint.container] === undefined) endpoint.container = 'stopped';
      }
    },
  },
];
