import type { Recording } from '@vethscope/model';

/** The kernel's and Docker's own beginnings of names, which say nothing about a host. */
const commonStem = /^(br-?|docker\d?|veth|eth|en|wl|tun|tap|wg|ppp|lo|bond|vmnet|virbr|vnet|cali|cni|flannel)$/;

/**
 * Names of bridges that a person chose. A rule may name links by how they begin ("shop+", in nft "shop*"): such links begin alike
 * again, and no other link does.
 */
export class LinkMask {
  private readonly stems = new Map<string, string>();
  private readonly names = new Map<string, string>();

  constructor({ namespaces }: Recording, bridges: Iterable<string>) {
    const chosen = [...bridges].filter((name) => !/^br-[0-9a-f]{12}$|^docker0$|^docker_gwbridge$/.test(name));
    const asked = new Set<string>();
    for (const { readings } of namespaces) {
      const { iptables, ip6tables, iptablesLegacy, ip6tablesLegacy, nft } = readings;
      for (const text of [iptables, ip6tables, iptablesLegacy, ip6tablesLegacy])
        for (const [, stem = ''] of text?.matchAll(/ -(?:i|o|-physdev-in|-physdev-out) ([^\s"+]+)\+/g) ?? [])
          asked.add(stem);
      for (const [, stem = ''] of nft?.matchAll(/"([^"\s*@/]{1,15})\*"/g) ?? []) asked.add(stem);
    }
    for (const stem of asked) {
      if (commonStem.test(stem) || !chosen.some((name) => name.startsWith(stem))) continue;
      this.stems.set(stem, `l${this.stems.size + 1}-`);
    }
    const all = namespaces.flatMap(({ readings }) => readings.links?.map(({ ifname }) => ifname) ?? []);
    const alike = all.filter((name) => [...this.stems.keys()].some((stem) => name.startsWith(stem)));
    const byLength = [...asked].sort((a, b) => b.length - a.length);
    for (const name of new Set([...chosen, ...alike])) {
      const stem = byLength.find((each) => name.startsWith(each));
      const start = stem === undefined ? (name.startsWith('br-') ? 'br-' : 'bridge-') : (this.stems.get(stem) ?? stem);
      this.names.set(name, `${start}${this.names.size + 1}`);
    }
  }

  /** `own`: the name of a link as it is, or as it begins. `otherwise`: what it is where nobody chose it. */
  name(otherwise: string, own: string): string {
    const wild = /^(.+)([+*])$/.exec(own);
    if (wild?.[1] !== undefined) return this.stems.has(wild[1]) ? `${this.stems.get(wild[1])}${wild[2]}` : otherwise;
    return this.names.get(own) ?? otherwise;
  }
}
