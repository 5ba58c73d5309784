import { describe, expect, it } from 'vitest';
import type { NamespaceState } from './namespaceParts.ts';
import { findOwners, type SocketOwnership, unsettled, withOwners } from './socketOwnership.ts';

const dockerd = { pid: 31, name: 'dockerd' };
const proxy = { pid: 40, name: 'docker-proxy' };

const socket = (inode: number) => ({ inode, processes: null }) as never;
const stateOf = (...inodes: number[]): NamespaceState => ({
  target: { netns: 1, kind: 'host', path: null, pid: null, containers: [], opens: '/proc/self/ns/net' },
  readings: { sockets: inodes.map(socket) },
  netnsIds: null,
  reports: [],
});

/** A kernel in which these processes hold these sockets, and what it was asked. */
function processTable() {
  const table = {
    owners: {} as Record<number, (typeof dockerd)[]>,
    doubtful: [] as number[],
    partial: false,
    down: false,
    asked: [] as number[][],
    async findSocketOwners({ inodes }: { inodes: number[] }) {
      table.asked.push(inodes);
      if (table.down) return { unavailable: true, fault: 'timeout', reason: 'It hangs.' } as const;
      const { owners, doubtful, partial } = table;
      return { owners, doubtful: doubtful.filter((inode) => inodes.includes(inode)), partial };
    },
  };
  return table;
}

const none: SocketOwnership = new Map();
const search = async (table: ReturnType<typeof processTable>, known: SocketOwnership, now: number) => {
  const found = await findOwners(table, [stateOf(7, 8)], { known, now });
  if (found === null) throw new Error('nobody answered');
  return found;
};

describe('who holds a socket', () => {
  it('is asked once more some seconds after it was found, and then no more', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd], 8: [] };
    const first = await search(table, none, 0);
    const second = await search(table, first.owners, 1_000);
    const third = await search(table, second.owners, 4_000);
    await search(table, third.owners, 8_000);
    expect(table.asked).toEqual([
      [7, 8],
      [7, 8],
      [7, 8],
    ]);
    expect(third.owners.get(7)).toMatchObject({ owners: [dockerd], isSettled: true });
  });

  it('is found anew when the socket changes hands, and settles from there', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd] };
    const first = await search(table, none, 0);
    table.owners = { 7: [proxy] };
    const second = await search(table, first.owners, 4_000);
    expect(second.owners.get(7)).toMatchObject({ owners: [proxy], isSettled: false });
    const third = await search(table, second.owners, 8_000);
    expect(third.owners.get(7)).toMatchObject({ owners: [proxy], isSettled: true });
  });

  it('does not settle while a process may be on its way to another program', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd] };
    table.doubtful = [7];
    const first = await search(table, none, 0);
    const second = await search(table, first.owners, 60_000);
    expect([first.isDoubtful, second.isDoubtful, second.owners.get(7)?.isSettled]).toEqual([true, true, false]);
    table.doubtful = [];
    const third = await search(table, second.owners, 60_100);
    expect([third.isDoubtful, third.owners.get(7)?.isSettled]).toEqual([false, true]);
  });

  it('stays as it was where nobody answers', async () => {
    const table = processTable();
    table.down = true;
    expect(await findOwners(table, [stateOf(7)], { known: none, now: 0 })).toBeNull();
  });

  it('stays partial for as long as a socket has no owner that could be seen', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd] };
    table.partial = true;
    const first = await search(table, none, 0);
    const settled = await search(table, first.owners, 4_000);
    const later = await search(table, settled.owners, 8_000);
    expect(table.asked).toHaveLength(2);
    expect(later.partial).toBe(true);
    const without = await findOwners(table, [stateOf(7)], { known: later.owners, now: 9_000 });
    expect(without?.partial).toBe(false);
  });

  it('is searched for once more where all are unsettled', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd], 8: [dockerd] };
    const settled = await search(table, (await search(table, none, 0)).owners, 4_000);
    table.owners = { 7: [proxy], 8: [dockerd] };
    const again = await search(table, unsettled(settled.owners), 9_000);
    expect(again.owners.get(7)?.owners).toEqual([proxy]);
    expect(again.owners.get(8)?.isSettled).toBe(true);
  });

  it('leaves the same readings where nothing changes', async () => {
    const table = processTable();
    table.owners = { 7: [dockerd] };
    const { owners } = await search(table, none, 0);
    const state = withOwners(stateOf(7), owners);
    expect(state.readings.sockets?.[0]?.processes).toEqual([dockerd]);
    expect(withOwners(state, owners)).toBe(state);
    expect(withOwners(stateOf(9), owners).readings.sockets?.[0]?.processes).toBeNull();
  });
});
