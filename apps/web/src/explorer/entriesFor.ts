import type { Container, PublishedPort, Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { PathWords } from '../view/PageActions.tsx';
import { isUp, lanNeighbour, portsOf, publishedWord, senderWord, somewhereOutside, withPort } from './ends.ts';

/** A question that a thing invites, by a few words. */
export interface PathEntry {
  text: string;
  words: PathWords;
}

/** More than these are a list to read: the rest is picked on the map. */
const mostPeers = 6;
const mostPorts = 4;

/** The paths that one asks about first where a thing is in sight; none where it is no end of a path. */
export function entriesFor(snapshot: Snapshot, record: string): PathEntry[] {
  const { records } = snapshot;
  const port = records.publishedPort[record];
  if (port) return toPort(snapshot, port);
  const container = records.container[record];
  if (container) return ofContainer(snapshot, container);
  const endpoint = records.endpoint[record];
  const owner = endpoint && records.container[endpoint.container];
  if (endpoint && owner) return toEndpoint(snapshot, endpoint, owner);
  return [];
}

function toPort(snapshot: Snapshot, port: PublishedPort): PathEntry[] {
  const to = publishedWord(port);
  if (to === null) return [];
  const lan = lanNeighbour(snapshot);
  const proto = port.protocol;
  return [
    { text: t.explorer.entries.internet, words: { from: 'internet', to, proto } },
    ...(lan ? [{ text: t.explorer.entries.lan, words: { from: lan.address, to, proto } }] : []),
    { text: t.explorer.entries.host, words: { from: 'host', to, proto } },
  ];
}

/** Those who share a network with a container, nearest in name first. */
function peersOf({ records }: Snapshot, container: Container): Container[] {
  const endpoints = Object.values(records.endpoint);
  const networks = new Set(endpoints.filter((one) => one.container === container.id).map(({ network }) => network));
  const ids = new Set(
    endpoints
      .filter(({ network, container: id }) => networks.has(network) && id !== container.id)
      .map((one) => one.container),
  );
  return Object.values(records.container)
    .filter((one) => ids.has(one.id) && isUp(one))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function ofContainer(snapshot: Snapshot, container: Container): PathEntry[] {
  const words = t.explorer.entries;
  const published = Object.values(snapshot.records.publishedPort).filter((port) => port.container === container.id);
  const seen = new Set<string>();
  const entries: PathEntry[] = [];
  for (const port of published) {
    const to = publishedWord(port);
    if (to === null || seen.has(`${port.protocol} ${to}`) || seen.size >= mostPorts) continue;
    seen.add(`${port.protocol} ${to}`);
    entries.push({ text: words.internetTo(to), words: { from: 'internet', to, proto: port.protocol } });
  }
  if (!isUp(container)) return entries;
  for (const { port, protocol } of portsOf(snapshot, container).slice(0, mostPorts)) {
    const to = withPort(`container:${container.name}`, port);
    entries.push({ text: words.hostTo(`:${port}`), words: { from: 'host', to, proto: protocol } });
  }
  const from = senderWord(container.name);
  for (const peer of peersOf(snapshot, container).slice(0, mostPeers)) {
    const [first] = portsOf(snapshot, peer);
    if (!first) continue;
    const to = withPort(peer.name, first.port);
    entries.push({ text: words.toPort(to), words: { from, to, proto: first.protocol } });
  }
  entries.push({ text: words.out, words: { from, to: somewhereOutside, proto: 'tcp' } });
  return entries;
}

function toEndpoint(
  snapshot: Snapshot,
  { ipv4, ipv6 }: { ipv4: string | null; ipv6: string | null },
  owner: Container,
): PathEntry[] {
  const words = t.explorer.entries;
  const address = ipv4 ?? ipv6;
  const [first] = portsOf(snapshot, owner);
  if (!address || !first) return [];
  const to = withPort(address, first.port);
  const lan = lanNeighbour(snapshot);
  const ask = (text: string, from: string): PathEntry => ({ text, words: { from, to, proto: first.protocol } });
  return [
    ask(words.hostTo(to), 'host'),
    ...(lan ? [ask(words.lanTo(to), lan.address)] : []),
    ...peersOf(snapshot, owner)
      .slice(0, mostPeers)
      .map((peer) => ask(words.fromTo(peer.name, to), senderWord(peer.name))),
  ];
}
