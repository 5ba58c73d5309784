import type { Snapshot, Trace } from '@vethscope/model';
import { AddressMask } from './mask/addressMask.ts';
import { byAge, type NameMask, nameMaskOf, ownNetworks } from './mask/nameMask.ts';

export interface MaskOptions {
  names: boolean;
  addresses: boolean;
}

export interface Masked {
  snapshot: Snapshot;
  /** The same mask over what was found on the way of a packet, and over any other words. */
  trace: (trace: Trace) => Trace;
  words: (text: string) => string;
  /** The id of a record, or of a node or edge of the graph. */
  id: (id: string) => string;
}

/**
 * A Snapshot in which names, images, labels and addresses are others. It is masked before anything is drawn of it, so every format shows the same;
 * the same thing has the same mask everywhere in it, ids included. Rules keep their form: what is drawn of them is masked, but to predict a path ask
 * the real Snapshot and mask the trace.
 */
export function maskSnapshot(snapshot: Snapshot, options: MaskOptions): Masked {
  const masker = new Masker(snapshot, options);
  return {
    snapshot: masker.value(snapshot, { key: '', record: '' }) as Snapshot,
    trace: (trace) => masker.value(trace, { key: '', record: 'trace' }) as Trace,
    words: (text) => masker.prose(text),
    id: (id) => masker.id(id),
  };
}

/** Where a text stands: the field, and the type of the record around it. */
interface Place {
  key: string;
  record: string;
}

/** Fields whose words may be names. Others hold the words of the kernel and the engine, which happen to be names of containers too. */
const nameFields = new Set([
  'name',
  'names',
  'hostname',
  'domainname',
  'aliases',
  'dnsNames',
  'links',
  'extraHosts',
  'search',
  'networkMode',
  'composeProject',
  'composeService',
  'sentence',
  'fix',
  'reason',
  'where',
  'text',
  'comment',
  'resolvConf',
  'hosts',
  'by',
  'why',
  'title',
  'options',
]);
const linkFields = new Set(['name', 'bridgeName', 'parentName', 'altNames', 'inLink', 'outLink', 'devices', 'failed']);
/** Records whose `name` is one of the kernel's, not of the engine's. */
const kernelRecords = new Set(['link', 'chain', 'table', 'netfilterSet', 'sysctls']);

class Masker {
  private readonly addresses: AddressMask | null;
  private readonly names: NameMask | null;
  private readonly macs = new Map<string, string>();

  constructor(snapshot: Snapshot, options: MaskOptions) {
    const { network, address, route } = snapshot.records;
    const subnets = [
      ...Object.values(network)
        .sort(byAge)
        .flatMap((each) => each.subnets.map(({ subnet }) => subnet)),
      ...Object.values(route).flatMap(({ destination, gateway }) => (gateway === null ? [destination] : [])),
      ...Object.values(address).map((each) => `${each.address}/${each.prefix}`),
    ].filter((subnet) => !/\/(32|128)$/.test(subnet));
    this.addresses = options.addresses ? new AddressMask(subnets) : null;
    this.names = options.names ? nameMaskOf(snapshot) : null;
  }

  value(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return this.text(value, place);
    if (Array.isArray(value)) return value.map((each) => this.value(each, place));
    if (value === null || typeof value !== 'object') return value;
    const type = 'type' in value && typeof value.type === 'string' && 'id' in value ? value.type : place.record;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => {
        if (this.names !== null && key === 'labels') return [[key, {}]];
        const inner = { key: place.key === 'options' ? 'options' : key, record: type };
        return [[this.id(key), this.value(each, inner)]];
      }),
    );
  }

  /** A sentence of ours, or words of a person. */
  prose(text: string): string {
    return this.text(text, { key: 'sentence', record: 'trace' });
  }

  id(id: string): string {
    return this.text(id, { key: 'id', record: '' });
  }

  private text(text: string, { key, record }: Place): string {
    const { names } = this;
    if (names === null) return this.marks(text);
    if (key === 'image') return names.images.get(text) ?? this.marks(text);
    if (record === 'container' && key === 'command') return '';
    if (record === 'link' && key === 'alias') return '';
    if (record === 'socket' && key === 'name') return names.programs.get(text) ?? text;
    if (record === 'network' && ownNetworks.has(text)) return text;
    const isName = nameFields.has(key) && !(key === 'name' && kernelRecords.has(record));
    const isLink = linkFields.has(key) || nameFields.has(key) || key === 'id' || key === 'touches' || record === 'rule';
    const whole = isName ? names.names.get(text) : undefined;
    if (whole !== undefined) return whole;
    const known = (word: string) =>
      (isName && record !== 'rule' ? names.names.get(word) : undefined) ?? (isLink ? names.links.get(word) : undefined);
    const masked = text.replace(/[A-Za-z0-9][A-Za-z0-9_.-]*/g, (word) => {
      const bare = word.replace(/[.-]+$/, '');
      return known(word) ?? (known(bare) === undefined ? word : `${known(bare)}${word.slice(bare.length)}`);
    });
    // In a rule only quoted words are a person's: the others are the language of the rule.
    const said =
      record === 'rule' && isName
        ? masked.replace(/"([^"]*)"/g, (_, words: string) => `"${this.prose(words)}"`)
        : masked;
    return this.marks(said);
  }

  /** Addresses and ids, which are known by their form wherever they stand. */
  private marks(text: string): string {
    const { names, addresses } = this;
    let marked = text;
    if (names !== null)
      marked = marked.replace(/[0-9a-f]{12,64}/g, (id) => {
        const mask = names.engineIds.get(id.slice(0, 12));
        return mask === undefined ? id : mask.padEnd(id.length, '0').slice(0, id.length);
      });
    if (addresses === null) return marked;
    return marked
      .replace(/(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gi, (mac) => this.mac(mac))
      .replace(/(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f:.]*(?:\/\d{1,3})?(?![\w:])/gi, (found) =>
        addresses.text(found),
      )
      .replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2}(?!\d))?(?!\.?\d)/g, (found) => addresses.text(found));
  }

  private mac(mac: string): string {
    const key = mac.toLowerCase();
    if (key === '00:00:00:00:00:00' || key === 'ff:ff:ff:ff:ff:ff' || this.macs.get(key) === key) return mac;
    const number = (this.macs.size + 1).toString(16).padStart(4, '0');
    const mask = this.macs.get(key) ?? `02:00:00:00:${number.slice(0, 2)}:${number.slice(2)}`;
    this.macs.set(key, mask);
    return mask;
  }
}
