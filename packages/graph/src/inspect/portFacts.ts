import type { PublishedPort } from '@vethscope/model';
import { isAny, isLoopback, socketAddress } from '../build/addressWords.ts';
import type { SnapshotIndex } from '../build/snapshotIndex.ts';
import { fact } from './facts.ts';
import type { Fact } from './inspection.ts';

/** A published port as it was asked for: ":8080/tcp", "127.0.0.1:9090/tcp". */
export function portWord(port: PublishedPort): string {
  const address = isAny(port.hostAddress)
    ? ''
    : port.hostAddress.includes(':')
      ? `[${port.hostAddress}]`
      : port.hostAddress;
  return port.hostPort === null
    ? `${port.containerPort}/${port.protocol}`
    : `${address}:${port.hostPort}/${port.protocol}`;
}

/** What happens to packets for the ports of a container, the v4 and v6 twins in one fact. */
export function publishedFacts(index: SnapshotIndex, ports: PublishedPort[]): Fact[] {
  const groups = new Map<string, PublishedPort[]>();
  for (const port of ports) {
    const key = `${portWord(port)}>${port.containerPort}`;
    groups.set(key, [...(groups.get(key) ?? []), port]);
  }
  return [...groups.values()].flatMap((twins) => twinFacts(index, twins));
}

function twinFacts(index: SnapshotIndex, twins: PublishedPort[]): Fact[] {
  const [first] = twins;
  if (!first) return [];
  const label = portWord(first);
  const records = twins.map((port) => port.id);
  if (first.hostPort === null)
    return [fact(label, 'not mapped: the network is routed', { records, words: true, tone: 'quiet' })];
  if (!first.active)
    return [fact(label, 'not published: the container does not run', { records, words: true, tone: 'quiet' })];
  const facts: Fact[] = [];
  const ways = twins.flatMap((port) => translationWord(index, port));
  if (ways.length > 0) facts.push(fact(label, `DNAT to ${[...new Set(ways)].join(', ')}`, { records, words: true }));
  const proxies = twins.flatMap((port) => {
    const proxy = port.proxy === null ? undefined : index.snapshot.records.proxy[port.proxy];
    return proxy ? [{ proxy, family: port.hostAddress.includes(':') ? 'v6' : 'v4' }] : [];
  });
  if (proxies.length > 0) {
    const text = proxies.map(({ proxy, family }) => `${proxy.pid} (${family})`).join(', ');
    facts.push(
      fact(facts.length === 0 ? label : '', `docker-proxy ${text}`, {
        records: proxies.map(({ proxy }) => proxy.id),
        words: true,
      }),
    );
  }
  if (facts.length === 0)
    facts.push(fact(label, 'no rule and no docker-proxy serves it', { records, words: true, tone: 'warn' }));
  const container = index.container(first.container);
  const known = container?.sandbox != null && index.socketsKnown(container.sandbox);
  if (known && twins.every((port) => port.target === null)) {
    facts.push(
      fact('', `nothing in the container would answer on port ${first.containerPort}/${first.protocol}`, {
        records,
        words: true,
        tone: 'warn',
      }),
    );
  }
  if (isLoopback(first.hostAddress))
    facts.push(fact('', 'reached from this host only', { words: true, tone: 'quiet' }));
  return facts;
}

function translationWord(index: SnapshotIndex, port: PublishedPort): string[] {
  return port.rules.flatMap((id) => {
    const translation = index.snapshot.records.rule[id]?.translation;
    if (translation?.kind !== 'dnat') return [];
    return [
      translation.port === null
        ? (translation.address ?? '')
        : socketAddress(translation.address ?? '', translation.port),
    ];
  });
}
