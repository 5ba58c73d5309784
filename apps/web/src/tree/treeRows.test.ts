import { type Container, type Endpoint, emptyRecords, type Network, type Snapshot } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { moveInTree } from './moveInTree.ts';
import { treeRows } from './treeRows.ts';

const at = '2026-01-01T00:00:00.000Z';
const records = emptyRecords();
const network = { type: 'network', id: 'network:n', name: 'front', driver: 'bridge', subnets: [] };
records.network['network:n'] = network as unknown as Network;
for (const name of ['web', 'api', 'alone']) {
  const container = { type: 'container', id: `container:${name}`, name, mode: name === 'alone' ? 'none' : 'network' };
  records.container[container.id] = container as unknown as Container;
}
for (const name of ['web', 'api']) {
  const endpoint = {
    type: 'endpoint',
    id: `endpoint:${name}`,
    container: `container:${name}`,
    network: 'network:n',
    ipv4: '10.0.0.2',
  };
  records.endpoint[endpoint.id] = endpoint as unknown as Endpoint;
}
const snapshot: Snapshot = {
  readAt: at,
  host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
  engine: null,
  sources: [],
  records,
  counters: { at, links: {}, rules: {} },
};
const dots = new Map([['container:web', { tone: 'good', word: 'running' } as const]]);
const rows = treeRows({ snapshot, dots }, () => true);

describe('treeRows', () => {
  it('puts containers under their networks, sorted, with their place among their siblings', () => {
    expect(rows.slice(0, 4).map(({ level, text, position, size }) => [level, text, position, size])).toEqual([
      [1, 'Networks', 1, 4],
      [2, 'front', 1, 1],
      [3, 'api', 1, 2],
      [3, 'web', 2, 2],
    ]);
  });

  it('has a place for containers without a network, and says what is empty', () => {
    expect(rows.slice(4).map(({ text, fact }) => [text, fact])).toEqual([
      ['Without a network', '1'],
      ['alone', 'no network'],
      ['Published ports', 'none'],
      ['Links of the host', 'none'],
    ]);
  });

  it('leaves out what is below a closed branch', () => {
    expect(treeRows({ snapshot, dots }, (key) => key === 'networks').map(({ text }) => text)).toEqual([
      'Networks',
      'front',
      'Without a network',
      'Published ports',
      'Links of the host',
    ]);
  });
});

describe('moveInTree', () => {
  it('goes down, up, and to the ends', () => {
    expect(moveInTree(rows, 0, 'ArrowDown', 5)).toEqual({ kind: 'focus', index: 1 });
    expect(moveInTree(rows, 0, 'ArrowUp', 5)).toEqual({ kind: 'focus', index: 0 });
    expect(moveInTree(rows, 0, 'End', 5)).toEqual({ kind: 'focus', index: rows.length - 1 });
  });

  it('left closes a branch, then goes to its parent', () => {
    expect(moveInTree(rows, 1, 'ArrowLeft', 5)).toEqual({ kind: 'collapse', key: 'network:n' });
    expect(moveInTree(rows, 3, 'ArrowLeft', 5)).toEqual({ kind: 'focus', index: 1 });
  });

  it('a letter goes to the next line that begins with it', () => {
    expect(moveInTree(rows, 0, 'w', 5)).toEqual({ kind: 'focus', index: 3 });
    expect(moveInTree(rows, 3, 'W', 5)).toEqual({ kind: 'focus', index: 4 });
  });
});
