import { type Container, type Endpoint, emptyRecords, type Network } from '@vethscope/model';
import { expect, it } from 'vitest';
import { announcement } from './announcement.ts';

const records = emptyRecords();
records.container['container:w'] = { id: 'container:w', name: 'web' } as unknown as Container;
records.network['network:f'] = { id: 'network:f', name: 'front' } as unknown as Network;
records.endpoint['endpoint:wf'] = { container: 'container:w', network: 'network:f' } as unknown as Endpoint;

const lately = (...ids: string[]) => new Map(ids.map((id) => [id, { kind: 'added', at: 10 } as const]));

it('names what came, endpoints by both of their ends', () => {
  expect(announcement(lately('container:w', 'endpoint:wf'), 0, { records })).toBe('New: web, web on front.');
});

it('is silent about what is too small to be told, and what was told before', () => {
  expect(announcement(lately('address:1', 'rule:2'), 0, { records })).toBe('');
  expect(announcement(lately('container:w'), 10, { records })).toBe('');
});

it('counts what went', () => {
  const gone = new Map([['container:x', { kind: 'removed', at: 10 } as const]]);
  expect(announcement(gone, 0, { records })).toBe('1 thing gone.');
});
