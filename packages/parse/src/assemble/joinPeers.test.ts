import type { Link, NamespaceRecording } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { parseNamespace } from '../parseNamespace.ts';
import { draftOf } from './draft.ts';
import { joinPeers } from './joinPeers.ts';

interface End {
  ifindex: number;
  peer: number;
  netnsid: number | null;
  mac?: string;
  master?: string;
}

const plain = { flags: ['UP'], mtu: 1500, operstate: 'UP', link_type: 'ether' };

function namespace(
  netns: number,
  ends: readonly End[],
  more: { netnsIds?: Record<string, number>; fdb?: unknown[] } = {},
): NamespaceRecording {
  const veths = ends.map(({ ifindex, peer, netnsid, mac, master }) => ({
    ...plain,
    ifindex,
    ifname: `veth${ifindex}`,
    address: mac ?? `02:00:00:00:${netns.toString(16).padStart(2, '0')}:${ifindex.toString(16).padStart(2, '0')}`,
    link_index: peer,
    ...(netnsid === null ? {} : { link_netnsid: netnsid }),
    ...(master === undefined ? {} : { master }),
    linkinfo: { info_kind: 'veth' },
  }));
  const bridge = {
    ...plain,
    ifindex: 99,
    ifname: 'br0',
    address: '02:ff:00:00:00:00',
    linkinfo: { info_kind: 'bridge' },
  };
  return {
    netns,
    kind: netns === 1 ? 'host' : 'container',
    path: null,
    pid: null,
    containers: [],
    netnsIds: more.netnsIds ?? null,
    readings: {
      links: [...veths, bridge],
      fdb: (more.fdb ?? []) as NonNullable<NamespaceRecording['readings']['fdb']>,
    },
  };
}

/** Pairs as "SANDBOX/IFINDEX=SANDBOX/IFINDEX", and those that stay open. */
function joined(...namespaces: NamespaceRecording[]): { pairs: string[]; open: string[] } {
  const draft = draftOf(namespaces.map((one) => parseNamespace(one)));
  joinPeers(draft);
  const veths = [...draft.links.values()].filter(
    (link): link is Extract<Link, { kind: 'veth' }> => link.kind === 'veth',
  );
  const short = (id: string) => id.slice('link:'.length);
  for (const { id, peer } of veths) {
    if (peer.link === null) continue;
    const other = draft.links.get(peer.link);
    expect(other?.kind === 'veth' && other.peer.link).toBe(id);
  }
  return {
    pairs: veths
      .flatMap(({ id, peer }) => (peer.link !== null && id < peer.link ? [`${short(id)}=${short(peer.link)}`] : []))
      .sort(),
    open: veths.flatMap(({ id, peer }) => (peer.link === null ? [short(id)] : [])).sort(),
  };
}

describe('joinPeers', () => {
  it('pairs ends that name each other, in any number of containers', () => {
    const host = namespace(1, [
      { ifindex: 10, peer: 2, netnsid: 0 },
      { ifindex: 11, peer: 2, netnsid: 1 },
    ]);
    const a = namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    const b = namespace(8, [{ ifindex: 2, peer: 11, netnsid: 0 }]);
    expect(joined(host, a, b)).toEqual({ pairs: ['7/2=host/10', '8/2=host/11'], open: [] });
  });

  it('leaves an end open whose peer is in a namespace that was not read', () => {
    const host = namespace(1, [
      { ifindex: 2, peer: 5, netnsid: 0 },
      { ifindex: 10, peer: 2, netnsid: 1 },
    ]);
    expect(joined(host, namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]))).toEqual({
      pairs: ['7/2=host/10'],
      open: ['host/2'],
    });
  });

  it('does not guess between two that fit', () => {
    const host = namespace(1, [{ ifindex: 10, peer: 2, netnsid: 0 }]);
    const a = namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    const b = namespace(8, [{ ifindex: 2, peer: 10, netnsid: 3 }]);
    expect(joined(host, a, b)).toEqual({ pairs: [], open: ['7/2', '8/2', 'host/10'] });
  });

  it('decides between two that fit by the namespace ids that the kernel told', () => {
    const host = namespace(1, [{ ifindex: 10, peer: 2, netnsid: 0 }], { netnsIds: { '0': 8 } });
    const a = namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    const b = namespace(8, [{ ifindex: 2, peer: 10, netnsid: 0 }], { netnsIds: { '0': 1 } });
    expect(joined(host, a, b)).toEqual({ pairs: ['8/2=host/10'], open: ['7/2'] });
  });

  it('decides by a namespace id that another pair has shown', () => {
    const host = namespace(1, [
      { ifindex: 10, peer: 2, netnsid: 0 },
      { ifindex: 20, peer: 3, netnsid: 0 },
    ]);
    const a = namespace(7, [
      { ifindex: 2, peer: 10, netnsid: 0 },
      { ifindex: 3, peer: 20, netnsid: 0 },
    ]);
    const b = namespace(8, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    expect(joined(host, a, b)).toEqual({ pairs: ['7/2=host/10', '7/3=host/20'], open: ['8/2'] });
  });

  it('decides by the MAC that a bridge has learned on the port', () => {
    const mac = '02:aa:00:00:00:01';
    const host = namespace(1, [{ ifindex: 10, peer: 2, netnsid: 0, master: 'br0' }], {
      fdb: [{ mac, ifname: 'veth10', flags: [], master: 'br0', state: '' }],
    });
    const a = namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    const b = namespace(8, [{ ifindex: 2, peer: 10, netnsid: 4, mac }]);
    expect(joined(host, a, b)).toEqual({ pairs: ['8/2=host/10'], open: ['7/2'] });
  });

  it('a namespace whose ids are all known has no peer behind an id that it does not list', () => {
    const host = namespace(1, [{ ifindex: 10, peer: 2, netnsid: 5 }], { netnsIds: { '0': 7 } });
    const a = namespace(7, [{ ifindex: 2, peer: 10, netnsid: 0 }]);
    expect(joined(host, a)).toEqual({ pairs: [], open: ['7/2', 'host/10'] });
  });

  it('pairs two ends in one namespace, which iproute2 names instead of numbering', () => {
    const both = namespace(1, []);
    const ends = [
      { ...plain, ifindex: 4, ifname: 'a', link: 'b', linkinfo: { info_kind: 'veth' } },
      { ...plain, ifindex: 5, ifname: 'b', link: 'a', linkinfo: { info_kind: 'veth' } },
    ];
    expect(joined({ ...both, readings: { links: ends } })).toEqual({ pairs: ['host/4=host/5'], open: [] });
  });

  it('two containers may be joined without the host', () => {
    const a = namespace(7, [{ ifindex: 2, peer: 3, netnsid: 0 }]);
    const b = namespace(8, [{ ifindex: 3, peer: 2, netnsid: 0 }]);
    expect(joined(a, b)).toEqual({ pairs: ['7/2=8/3'], open: [] });
  });
});
