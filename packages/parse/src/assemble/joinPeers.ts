import type { Link } from '@vethscope/model';
import type { Draft } from './draft.ts';

type Veth = Extract<Link, { kind: 'veth' }>;

function isVeth(link: Link): link is Veth {
  return link.kind === 'veth';
}

/** Link L with index 9 whose peer has index 2 looks for one with index 2 whose peer has index 9. */
function mutualKey(ifindex: number, peer: number): string {
  return `${ifindex}/${peer}`;
}

class PeerSearch {
  private readonly draft: Draft;
  private readonly open = new Map<string, Veth>();
  private readonly byKey = new Map<string, Veth[]>();
  /** Sandboxes whose whole netnsid table is known: an id that is not in it belongs to a namespace that was not read. */
  private readonly complete: ReadonlySet<string>;

  constructor(draft: Draft) {
    this.draft = draft;
    this.complete = new Set(
      draft.namespaces.filter(({ netnsIds }) => netnsIds !== null).map(({ sandbox }) => sandbox.id),
    );
    for (const link of draft.links.values()) {
      if (!isVeth(link) || link.peer.ifindex === null || link.peer.link !== null) continue;
      this.open.set(link.id, link);
      const key = mutualKey(link.ifindex, link.peer.ifindex);
      const list = this.byKey.get(key);
      if (list) list.push(link);
      else this.byKey.set(key, [link]);
    }
  }

  /** Whether what is known of namespace ids lets this link's peer be in that sandbox. */
  private mayBeIn(link: Veth, sandbox: string): boolean {
    const { netnsid } = link.peer;
    if (netnsid === null) return true;
    const known = this.draft.netnsIds.get(link.sandbox)?.get(netnsid);
    if (known !== undefined) return known === sandbox;
    if (this.complete.has(link.sandbox)) return false;
    // A namespace has one id in another: a second one cannot lead to the same.
    for (const [id, other] of this.draft.netnsIds.get(link.sandbox) ?? []) {
      if (other === sandbox && id !== netnsid) return false;
    }
    // With an id of its own the peer is in another namespace than this one.
    return sandbox !== link.sandbox;
  }

  private candidates(link: Veth): Veth[] {
    if (link.peer.ifindex === null) return [];
    return (this.byKey.get(mutualKey(link.peer.ifindex, link.ifindex)) ?? []).filter(
      (other) =>
        other.id !== link.id &&
        this.open.has(other.id) &&
        this.mayBeIn(link, other.sandbox) &&
        this.mayBeIn(other, link.sandbox),
    );
  }

  private conclude(link: Veth, other: Veth): void {
    for (const [one, two] of [
      [link, other],
      [other, link],
    ] as const) {
      this.open.delete(one.id);
      this.draft.links.set(one.id, { ...one, peer: { ...one.peer, link: two.id } });
      if (one.peer.netnsid !== null) this.draft.netnsIds.get(one.sandbox)?.set(one.peer.netnsid, two.sandbox);
    }
  }

  /** Pairs of which each is the other's only candidate; each round learns namespace ids, which rules out candidates of the next. */
  pairUnique(): void {
    for (let found = true; found; ) {
      found = false;
      for (const link of [...this.open.values()]) {
        if (!this.open.has(link.id)) continue;
        const [only, second] = this.candidates(link);
        if (only === undefined || second !== undefined || this.candidates(only).length !== 1) continue;
        this.conclude(link, only);
        found = true;
      }
    }
  }

  /**
   * Where several are possible: a bridge that has learned, on the port `link`, the very MAC of one candidate, and of no other. `learned` is
   * Link id of the port to MACs.
   */
  pairLearned(learned: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const link of [...this.open.values()]) {
      const macs = learned.get(link.id);
      if (!macs || !this.open.has(link.id)) continue;
      const seen = this.candidates(link).filter((other) => other.mac !== null && macs.has(other.mac));
      const [only, second] = seen;
      if (only !== undefined && second === undefined) this.conclude(link, only);
    }
  }
}

function learnedMacs(draft: Draft): Map<string, Set<string>> {
  const learned = new Map<string, Set<string>>();
  for (const { fdbEntries } of draft.namespaces) {
    for (const entry of fdbEntries) {
      if (entry.permanent || entry.bridge === null) continue;
      const macs = learned.get(entry.link);
      if (macs) macs.add(entry.mac);
      else learned.set(entry.link, new Set([entry.mac]));
    }
  }
  return learned;
}

/**
 * Finds the other end of each veth. The kernel tells each end the other's index, and the number by which this namespace knows
 * the other one; the agent can ask which namespace that is, a recording by commands cannot. Without it a pair counts when each end is the only one that
 * fits the other. What stays ambiguous stays open: `peer.link` null. Source: kernel net/core/rtnetlink.c (IFLA_LINK, IFLA_LINK_NETNSID).
 */
export function joinPeers(draft: Draft): void {
  const search = new PeerSearch(draft);
  search.pairUnique();
  search.pairLearned(learnedMacs(draft));
  search.pairUnique();
}
