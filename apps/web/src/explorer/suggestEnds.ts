import type { Protocol, Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { PathEnd } from '../view/PageActions.tsx';
import { isUp, lanNeighbour, portsOf, publishedWord, senderWord, somewhereOutside, withPort } from './ends.ts';

type EndGroup = keyof typeof t.explorer.groups;

export interface EndSuggestion {
  group: EndGroup;
  word: string;
  note: string;
  /** The protocol that goes with it, where it has one of its own. */
  proto: Protocol | null;
}

const mostShown = 60;

const addressesOf = ({ records }: Snapshot, container: string): string =>
  Object.values(records.endpoint)
    .filter((endpoint) => endpoint.container === container)
    .flatMap(({ ipv4, ipv6 }) => ipv4 ?? ipv6 ?? [])
    .join(', ');

/** Everybody who can send. */
function senders(snapshot: Snapshot): EndSuggestion[] {
  const { groups: _, notes } = t.explorer;
  const lan = lanNeighbour(snapshot);
  return [
    { group: 'places', word: 'internet', note: notes.internet, proto: null },
    ...(lan ? [{ group: 'places' as const, word: lan.address, note: notes.lan(lan.link), proto: null }] : []),
    { group: 'places', word: 'host', note: notes.host, proto: null },
    ...Object.values(snapshot.records.container)
      .filter(isUp)
      .map(
        (container): EndSuggestion => ({
          group: 'containers',
          word: senderWord(container.name),
          note: addressesOf(snapshot, container.id) || container.networkMode,
          proto: null,
        }),
      ),
  ];
}

function publishedPorts(snapshot: Snapshot): EndSuggestion[] {
  const { records } = snapshot;
  const found = new Map<string, EndSuggestion>();
  for (const port of Object.values(records.publishedPort)) {
    const word = publishedWord(port);
    if (word === null || !port.active) continue;
    const note = t.explorer.notes.published(records.container[port.container]?.name ?? '', port.containerPort);
    found.set(`${word} ${port.protocol}`, { group: 'ports', word, note, proto: port.protocol });
  }
  return [...found.values()];
}

function noteOf({ by, names }: { by: 'socket' | 'published' | 'exposed'; names: readonly string[] }): string {
  const { notes } = t.explorer;
  if (by === 'socket') return notes.listens(names.join(', '));
  return by === 'published' ? notes.publishedDeaf : notes.exposed;
}

/** Everything that can be asked for; of a container as its sender would call it, too. */
function receivers(snapshot: Snapshot, from: string, icmp: boolean): EndSuggestion[] {
  const { notes } = t.explorer;
  const containers = Object.values(snapshot.records.container);
  const sender = containers.find(({ name }) => senderWord(name) === from || `container:${name}` === from);
  const networks = new Set(
    Object.values(snapshot.records.endpoint).flatMap(({ container, network }) =>
      container === sender?.id ? network : [],
    ),
  );
  const isPeer = (id: string) =>
    Object.values(snapshot.records.endpoint).some(
      ({ container, network }) => container === id && networks.has(network),
    );
  const named: EndSuggestion[] = [];
  const direct: EndSuggestion[] = [];
  for (const container of containers) {
    const address = addressesOf(snapshot, container.id);
    const ports = icmp ? [null] : portsOf(snapshot, container);
    for (const port of ports) {
      const note = [port === null ? '' : noteOf(port), address].filter(Boolean).join(' · ');
      const proto = port === null ? ('icmp' as const) : port.protocol;
      const number = port?.port ?? null;
      direct.push({ group: 'containers', word: withPort(`container:${container.name}`, number), note, proto });
      if (sender && sender !== container && isPeer(container.id)) {
        const name = { word: withPort(container.name, number), note: [notes.resolved, note].join(' · ') };
        named.push({ group: 'names', ...name, proto });
      }
    }
  }
  const lan = lanNeighbour(snapshot);
  return [
    ...named,
    ...direct,
    ...(icmp ? [{ group: 'places' as const, word: 'host', note: notes.host, proto: null }] : publishedPorts(snapshot)),
    ...(lan && icmp ? [{ group: 'places' as const, word: lan.address, note: notes.lan(lan.link), proto: null }] : []),
    {
      group: 'places',
      word: icmp ? (somewhereOutside.split(':')[0] ?? '') : somewhereOutside,
      note: notes.outside,
      proto: null,
    },
  ];
}

/** How near a suggestion is to what was typed: 0 it begins with it, 1 one of its parts does, 2 it holds it, 3 its note does; null not at all. */
function nearness({ word, note }: EndSuggestion, typed: string): number | null {
  const text = word.toLowerCase();
  if (text.startsWith(typed)) return 0;
  const at = text.indexOf(typed);
  if (at > 0) return /[^a-z0-9]/.test(text[at - 1] ?? '') ? 1 : 2;
  return note.toLowerCase().includes(typed) ? 3 : null;
}

export interface EndTyping {
  end: PathEnd;
  /** What stands in the field; an empty text shows everything. */
  typed: string;
  /** The sender's word: names mean something to a container only. */
  from: string;
  proto: Protocol;
}

/** What may stand at an end of a path, the nearest to what was typed first, kept together by group. */
export function suggestEnds(snapshot: Snapshot, { end, typed, from, proto }: EndTyping): EndSuggestion[] {
  const all = end === 'from' ? senders(snapshot) : receivers(snapshot, from, proto === 'icmp');
  const asked = typed.trim().toLowerCase();
  const near = all.flatMap((one) => {
    const distance = asked === '' ? 0 : nearness(one, asked);
    return distance === null ? [] : [{ one, distance }];
  });
  const best = new Map<EndGroup, number>();
  for (const { one, distance } of near) best.set(one.group, Math.min(distance, best.get(one.group) ?? distance));
  const first = [...new Set(all.map(({ group }) => group))];
  return near
    .sort(
      (a, b) =>
        (best.get(a.one.group) ?? 0) - (best.get(b.one.group) ?? 0) ||
        first.indexOf(a.one.group) - first.indexOf(b.one.group) ||
        a.distance - b.distance,
    )
    .slice(0, mostShown)
    .map(({ one }) => one);
}
