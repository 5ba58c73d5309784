import ipaddr from 'ipaddr.js';
import type { Graph, GraphNode } from '../graph.ts';

/** Which node of a graph stands for a place where a packet can be. All answers are node ids, or null where the lens draws no such place. */
export interface Places {
  host: string | null;
  card: (sandbox: string) => string | null;
  /** `sandbox` is where the link is seen from: the host's end of a veth pair is at the bar, the other one at the card. */
  link: (link: string, sandbox: string) => string | null;
  isHostLink: (link: string) => boolean;
  hook: (hook: string) => string | null;
  proxy: (records: readonly string[]) => string | null;
  /** The published port that some of the records belong to. */
  port: (records: readonly string[]) => string | null;
  /** The LAN that an address lies in, else the internet. `internet`: not the LAN, whatever the address. */
  outside: (address: string, internet: boolean) => string | null;
}

export function placesOf(graph: Graph): Places {
  const { nodes } = graph;
  const node = new Map(nodes.map((each) => [each.id, each]));
  const card = new Map<string, string>();
  const byFirst = new Map<string, string>();
  const plug = new Map<string, GraphNode>();
  const device = new Map<string, string>();
  const port = new Map<string, string>();
  const network = new Map(graph.edges.filter(({ kind }) => kind === 'drop').map(({ from, to }) => [from, to]));
  for (const each of nodes) {
    const [first] = each.records;
    switch (each.kind) {
      case 'container':
        for (const record of each.records) if (record.startsWith('sandbox:')) card.set(record, each.id);
        break;
      case 'plug':
        if (first?.startsWith('link:')) byFirst.set(first, each.id);
        for (const record of each.records) if (!plug.has(record)) plug.set(record, each);
        break;
      case 'hostLink':
        for (const record of each.records) if (!byFirst.has(record)) byFirst.set(record, each.id);
        break;
      case 'network':
        for (const record of each.records) if (!device.has(record)) device.set(record, each.id);
        break;
      case 'port':
        for (const record of each.records) if (!port.has(record)) port.set(record, each.id);
        break;
      case 'host':
      case 'outside':
      case 'chip':
      case 'tray':
      case 'panel':
        break;
    }
  }
  const atCard = (link: string, sandbox: string): string | null => {
    const found = plug.get(link);
    if (!found) return null;
    const own = node.get(found.parent ?? '')?.records.includes(sandbox) ?? false;
    return own ? found.id : (network.get(found.id) ?? found.id);
  };
  const inGraph = (id: string): string | null => (node.has(id) ? id : null);
  const internet = inGraph('internet');
  const lans = nodes.filter((each) => each.kind === 'outside' && each.zone === 'lan');
  const isIn = (address: string, { detail }: { detail: string }): boolean => {
    if (!ipaddr.isValid(address) || !ipaddr.isValidCIDR(detail)) return false;
    const [wanted, range] = [ipaddr.parse(address), ipaddr.parseCIDR(detail)];
    return wanted.kind() === range[0].kind() && wanted.match(range);
  };
  return {
    host: inGraph('host'),
    card: (sandbox) => card.get(sandbox) ?? null,
    link: (link, sandbox) => byFirst.get(link) ?? device.get(link) ?? atCard(link, sandbox),
    isHostLink: (link) => node.get(byFirst.get(link) ?? '')?.kind === 'hostLink',
    hook: (hook) => inGraph(`panel:${hook}`),
    proxy: (records) => (node.get('panel:proxy')?.records.some((id) => records.includes(id)) ? 'panel:proxy' : null),
    port: (records) => records.map((id) => port.get(id)).find((id) => id !== undefined) ?? null,
    outside: (address, isInternet) =>
      (isInternet ? undefined : lans.find((lan) => lan.kind === 'outside' && isIn(address, lan)))?.id ??
      internet ??
      lans[0]?.id ??
      null,
  };
}
