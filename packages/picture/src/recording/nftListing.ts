import type { RecordingWords } from './recordingWords.ts';
import type { RulesetNames } from './rulesetNames.ts';

/** What Docker notes beside its rules (moby internal/nftables): by these words is said what they are for. */
const dockersComment =
  /^(DNAT|DROP DIRECT ACCESS|DROP REMOTE LOOPBACK|ICC|UNPUBLISHED PORT DROP|OUTGOING|MASQUERADE|INTERNAL NETWORK (IN|E)GRESS|ICMP|UNPROTECTED)$/;

/**
 * What `nft -j -a list ruleset` printed, rule for rule with the same statements; null where it is no JSON, of which nobody knows what is in it.
 */
export function maskNft(text: string, words: RecordingWords, names: RulesetNames): string | null {
  if (text.trim() === '') return text;
  let listing: unknown;
  try {
    listing = JSON.parse(text);
  } catch {
    return null;
  }
  const entries = typeof listing === 'object' && listing !== null && 'nftables' in listing ? listing.nftables : null;
  if (!Array.isArray(entries)) return null;
  const mask = new NftMask(words, names);
  return JSON.stringify({ nftables: entries.map((entry) => mask.entry(entry)) });
}

class NftMask {
  private readonly words: RecordingWords;
  private readonly names: RulesetNames;

  constructor(words: RecordingWords, names: RulesetNames) {
    this.words = words;
    this.names = names;
  }

  /** {"chain": {…, "name": …}}: what a name is the name of, the key says. */
  entry(entry: unknown): unknown {
    if (typeof entry !== 'object' || entry === null) return entry;
    return Object.fromEntries(
      Object.entries(entry).map(([kind, value]) => [kind, kind === 'metainfo' ? value : this.value(value, kind)]),
    );
  }

  private value(value: unknown, key: string, of = ''): unknown {
    if (typeof value === 'string') return this.text(value, key, of);
    if (Array.isArray(value)) return value.map((each) => this.value(each, key, of));
    if (typeof value !== 'object' || value === null) return value;
    // nft prints the names of users.
    const right = key === 'match' && /"sk[ug]id"/.test(JSON.stringify(value));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        this.value(each, right && name === 'right' ? 'user' : name, key),
      ]),
    );
  }

  /** `key`: of the field in which the text stands, `of`: of the object around it. */
  private text(text: string, key: string, of: string): string {
    const { words, names } = this;
    if (text.startsWith('@')) return `@${names.set(text.slice(1))}`;
    switch (key) {
      case 'table':
        return names.table(text);
      case 'chain':
      case 'target':
        return names.chain(text);
      case 'name':
        return this.named(text, of);
      case 'comment':
        return dockersComment.test(text) ? text : words.said('comment', text);
      case 'prefix':
        return words.said('prefix', text);
      case 'user':
        return words.said('user', text);
      case 'context':
      case 'counter':
      case 'quota':
      case 'limit':
      case 'ct helper':
      case 'ct timeout':
      case 'ct expectation':
      case 'secmark':
      case 'synproxy':
        return words.said('object', text);
      default: {
        const plain = words.plain(words.link(text));
        // The path of a cgroup, or a prefix, which has a length and nothing else behind the stroke.
        return plain === text && words.masksNames && /[\s/]/.test(text) && !/^[\da-f:.]+\/\d+$/i.test(text)
          ? words.said('object', text)
          : plain;
      }
    }
  }

  private named(name: string, of: string): string {
    switch (of) {
      case 'table':
        return this.names.table(name);
      case 'chain':
        return this.names.chain(name);
      case 'set':
      case 'map':
      case 'meter':
      case 'element':
        return this.names.set(name);
      case 'xt':
      case 'exthdr':
      case 'tcp option':
      case 'ip option':
      case 'sctp chunk':
      case 'osf':
        return name;
      default:
        return this.words.said('object', name);
    }
  }
}
