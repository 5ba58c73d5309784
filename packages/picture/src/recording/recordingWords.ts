import type { Recording, Snapshot } from '@vethscope/model';
import { byAge, type NameMask, nameMaskOf, ownNetworks } from '../mask/nameMask.ts';
import type { MaskOptions } from '../maskSnapshot.ts';
import { LinkMask } from './linkMask.ts';
import { PrefixMask, rangePrefix } from './prefixMask.ts';

/** Words that every host has, and that mean something to who reads them. */
const common = new Set([
  ...[
    'localhost',
    'ip6-localhost',
    'ip6-loopback',
    'ip6-localnet',
    'ip6-mcastprefix',
    'ip6-allnodes',
    'ip6-allrouters',
  ],
  ...['host.docker.internal', 'gateway.docker.internal', 'host-gateway'],
]);
/** Groups of the link layer that every host listens to. 33:33:ff is followed by the end of an address. */
const commonMac = /^(00:00:00:00:00:00|ff:ff:ff:ff:ff:ff|01:00:5e:00:00:..|01:80:c2:.*|33:33:00:.*)$/;

const macOnly = /^..(:..){5}$/;
/** A MAC, an IPv6 address or an IPv4 one, with the length of a prefix. In one pass: what was put in is not looked at again. */
const marked =
  /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])|(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f:.]*(?:\/\d{1,3})?(?![\w:])|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2}(?![\d.]))?(?!\.?\d)/gi;

/** What stands for each word of a recording. The same word is always the same; where only one kind is masked, the others stay. */
export class RecordingWords {
  readonly masksNames: boolean;
  readonly masksAddresses: boolean;
  private readonly names: NameMask;
  private readonly links: LinkMask;
  private readonly addresses: PrefixMask;
  private readonly ids = new Map<string, string>();
  private readonly macs = new Map<string, string>();
  private readonly others = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(
    { recording, snapshot }: { recording: Recording; snapshot: Snapshot },
    { names, addresses, random }: MaskOptions & { random: () => number },
  ) {
    this.masksNames = names;
    this.masksAddresses = addresses;
    this.names = nameMaskOf(snapshot);
    const text = JSON.stringify(recording);
    for (const [id] of text.matchAll(/\b[0-9a-f]{64}\b|(?<=")[0-9a-z]{25}(?=")/g)) this.addId(id, random);
    this.links = new LinkMask(recording, this.names.links.keys());
    this.addresses = new PrefixMask({ subnets: subnetsOf(snapshot), ranges: rangesOf(text), random });
  }

  /** Of a network: the engine's own are everybody's. */
  network(text: string): string {
    return ownNetworks.has(text) ? text : this.name(text);
  }

  /** Of a container, project, service, machine, domain. */
  name(text: string): string {
    if (!this.masksNames || text === '' || common.has(text)) return text;
    const id = /^[0-9a-z]{9,64}$/.test(text) ? this.id(text) : text;
    if (id !== text) return id;
    // A machine may be called by an address, too.
    if (/^[\d.]+$|:/.test(text) && this.plain(text) !== text) return this.plain(text);
    return this.names.names.get(text) ?? this.other('name', text);
  }

  image(text: string): string {
    if (!this.masksNames || text === '') return text;
    return this.names.images.get(text) ?? this.other('image', text);
  }

  program(text: string): string {
    if (!this.masksNames || text === '' || text === 'docker-proxy') return text;
    return this.names.programs.get(text) ?? this.other('program', text);
  }

  /** The engine's ids and the beginnings of them. */
  id(text: string): string {
    if (!this.masksNames) return text;
    return text.replace(/[0-9a-z]{9,64}/g, (word) => {
      const mask = this.ids.get(word.slice(0, 9));
      return mask === undefined ? word : mask.slice(0, word.length);
    });
  }

  link(text: string): string {
    const named = this.masksNames ? this.links.name(this.id(text), text) : text;
    // A link may be called by its MAC ("enx0242ac110002").
    return this.masksAddresses
      ? named.replace(/(?<=x)[0-9a-f]{12}$/, (hex) => this.mac(hex.replace(/..(?=.)/g, '$&:')).replaceAll(':', ''))
      : named;
  }

  mac(text: string): string {
    const key = text.toLowerCase();
    if (!this.masksAddresses || commonMac.test(key) || !macOnly.test(key)) return text;
    const known = this.macs.get(key);
    if (known !== undefined) return known;
    // A group of a neighbour's address stays one, with an end that no address has.
    const isGroup = key.startsWith('33:33:ff');
    const number = this.macs.size + (isGroup ? 0x800001 : 1);
    const end = number
      .toString(16)
      .padStart(6, '0')
      .replace(/..(?=.)/g, '$&:');
    const mask = `${isGroup ? '33:33:ff' : '02:00:00'}:${end}`;
    this.macs.set(key, mask);
    return mask;
  }

  /** Addresses and MACs, which are known by their form, in a text of which the rest may stay. */
  plain(text: string): string {
    if (!this.masksAddresses) return text;
    return text.replace(marked, (found) => (macOnly.test(found) ? this.mac(found) : this.addresses.text(found)));
  }

  /** What a person wrote, whatever it says: "comment-1". Without names masked, what has the form of an address is. */
  said(kind: string, text: string): string {
    if (text === '') return text;
    return this.masksNames ? this.other(kind, text) : this.plain(text);
  }

  /** The words of vethscope or of a program about what it read. */
  report(text: string): string {
    if (!this.masksNames) return this.plain(text);
    const named = text.replace(/[A-Za-z0-9][\w.-]*/g, (word) => this.names.names.get(word) ?? this.link(word));
    return this.plain(named.replace(/\/(home|root|Users)\/[^\s:"']+/g, '/…'));
  }

  private other(kind: string, text: string): string {
    const key = `${kind} ${text}`;
    const known = this.others.get(key);
    if (known !== undefined) return known;
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    // Not "container-1" or "image-1": those stand for things that are in the recording.
    const mask = `${kind === 'name' || kind === 'image' || kind === 'program' ? `other-${kind}` : kind}-${number}`;
    this.others.set(key, mask);
    return mask;
  }

  private addId(id: string, random: () => number): void {
    if (this.ids.has(id.slice(0, 9))) return;
    const digits = Array.from({ length: 64 }, () => (random() & 15).toString(16)).join('');
    this.ids.set(id.slice(0, 9), digits);
  }
}

function subnetsOf({ records }: Snapshot): string[] {
  return [
    ...Object.values(records.network)
      .sort(byAge)
      .flatMap((each) => each.subnets.map(({ subnet }) => subnet)),
    ...Object.values(records.address).map((each) => `${each.address}/${each.prefix}`),
  ];
}

/** "10.0.0.5-10.0.0.9" of iptables and ipset, {"range": ["10.0.0.5", "10.0.0.9"]} of nft, whose quotes are escaped in a recording. */
function rangesOf(text: string): string[] {
  const found = text.matchAll(
    /([\d.]{7,15}|[0-9a-f:]*:[0-9a-f:]+)(?:-|\\", ?\\")([\d.]{7,15}|[0-9a-f:]*:[0-9a-f:]+)/gi,
  );
  return [...found].flatMap(([, from = '', to = '']) => rangePrefix(from, to) ?? []);
}
