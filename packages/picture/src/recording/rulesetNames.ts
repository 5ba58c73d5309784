import type { Snapshot } from '@vethscope/model';
import type { RecordingWords } from './recordingWords.ts';

/** Names that every rule set has: the kernel’s hooks, and the tables of iptables. */
const common =
  /^(filter|nat|mangle|raw|security|inet|input|output|forward|prerouting|postrouting|ingress|egress|RETURN|ACCEPT|DROP)$/i;

/** Tables, chains and sets that a person named. Those of Docker, ufw, firewalld and others are known by their names, and stay. */
export class RulesetNames {
  private readonly tables = new Set<string>();
  private readonly chains = new Set<string>();
  private readonly sets = new Set<string>();
  private readonly programSets = new Set<string>();
  private readonly words: RecordingWords;

  constructor({ records }: Snapshot, words: RecordingWords) {
    this.words = words;
    if (!words.masksNames) return;
    for (const { name, owner, backend } of Object.values(records.table))
      if (owner === 'user' && backend === 'nftables' && !common.test(name)) this.tables.add(name);
    for (const { name, owner } of Object.values(records.chain))
      if (owner === 'user' && !common.test(name)) this.chains.add(name);
    for (const { name, table } of Object.values(records.netfilterSet)) {
      const owner = table === null ? 'user' : records.table[table]?.owner;
      (owner === 'user' ? this.sets : this.programSets).add(name);
    }
  }

  table(name: string): string {
    return this.tables.has(name) ? this.words.said('table', name) : name;
  }

  chain(name: string): string {
    if (this.chains.has(name)) return this.words.said('chain', name);
    // Docker calls a chain of its nftables rules by the bridge: "filter-forward-in__br-…".
    return name.replace(/__(.+)$/, (_, link: string) => `__${this.words.link(link)}`);
  }

  /** Where a rule names a set, which may not have been read. Docker and fail2ban have ipsets of their own, by which their rules are known. */
  set(name: string): string {
    if (!this.words.masksNames || this.programSets.has(name) || /^(docker-|f2b-|__)/.test(name)) return name;
    return this.words.said('set', name);
  }

  /** An element of a set, which may be a set. */
  element(text: string): string {
    return this.sets.has(text) ? this.set(text) : text;
  }
}
