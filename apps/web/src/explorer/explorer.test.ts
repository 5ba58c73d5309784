import {
  type Container,
  type Endpoint,
  emptyRecords,
  type PublishedPort,
  type Snapshot,
  type Socket,
} from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { endOfRecord, presetOf } from './endOfRecord.ts';
import { lanNeighbour, portsOf, publishedWord, withPort } from './ends.ts';
import { entriesFor } from './entriesFor.ts';
import { palettePaths } from './palettePaths.ts';
import { readWords, swapped } from './readWords.ts';
import { startersFor } from './startersFor.ts';
import { suggestEnds } from './suggestEnds.ts';

/** A host with web and api on one network, idle on none of theirs; web published on 8080, and on the loopback alone on 9090. */
function host(): Snapshot {
  const records = emptyRecords();
  const container = (name: string, rest: Partial<Container> = {}) => {
    records.container[`container:${name}`] = {
      id: `container:${name}`,
      name,
      engineId: name,
      image: `${name}:1`,
      state: 'running',
      sandbox: `sandbox:${name}`,
      mode: 'network',
      networkMode: 'front',
      exposedPorts: [],
      composeService: null,
      ...rest,
    } as unknown as Container;
    records.sandbox[`sandbox:${name}`] = {
      type: 'sandbox',
      id: `sandbox:${name}`,
      netns: 1,
      kind: 'container',
      name,
      path: null,
      pid: null,
      containers: [`container:${name}`],
    };
  };
  container('web');
  container('api', { exposedPorts: [{ port: 81, protocol: 'tcp' }] } as Partial<Container>);
  container('idle');
  container('gone', { state: 'exited', sandbox: null });
  const endpoint = (name: string, network: string, ipv4: string) => {
    const id = `endpoint:${name}/${network}`;
    records.endpoint[id] = {
      id,
      container: `container:${name}`,
      network: `network:${network}`,
      ipv4,
      ipv6: null,
      aliases: [],
      dnsNames: [name],
      links: [],
    } as unknown as Endpoint;
  };
  endpoint('web', 'front', '172.18.0.2');
  endpoint('api', 'front', '172.18.0.3');
  endpoint('idle', 'back', '172.19.0.2');
  const socket = (sandbox: string, port: number, address = '0.0.0.0') => {
    const id = `socket:${sandbox}/${port}/${address}`;
    records.socket[id] = {
      id,
      sandbox: `sandbox:${sandbox}`,
      protocol: 'tcp',
      family: 4,
      address,
      port,
      processes: [{ pid: 1, name: 'nginx' }],
    } as unknown as Socket;
  };
  socket('web', 80);
  socket('web', 33333, '127.0.0.11');
  socket('api', 8000);
  const port = (hostAddress: string, hostPort: number) => {
    const id = `publishedPort:${hostPort}${hostAddress === '::' ? '/6' : ''}`;
    records.publishedPort[id] = {
      id,
      container: 'container:web',
      protocol: 'tcp',
      hostAddress,
      hostPort,
      containerPort: 80,
      active: true,
    } as unknown as PublishedPort;
  };
  port('0.0.0.0', 8080);
  port('127.0.0.1', 9090);
  port('::', 8080);
  return {
    readAt: '2026-01-01T00:00:00Z',
    host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
    engine: null,
    sources: [],
    records,
    counters: { at: '2026-01-01T00:00:00Z', links: {}, rules: {} },
  };
}

const snapshot = host();
const containerNamed = (name: string): Container => {
  const found = snapshot.records.container[`container:${name}`];
  if (!found) throw new Error(name);
  return found;
};

describe('the ends of a path', () => {
  it('a container is asked for at what listens in it, not at the resolver that Docker put there', () => {
    expect(portsOf(snapshot, containerNamed('web'))).toEqual([
      { protocol: 'tcp', port: 80, by: 'socket', names: ['nginx'] },
    ]);
    expect(portsOf(snapshot, containerNamed('api')).map(({ port, by }) => [port, by])).toEqual([
      [8000, 'socket'],
      [81, 'exposed'],
    ]);
  });

  it('an IPv6 address is bracketed before its port', () => {
    expect(withPort('2001:db8::2', 80)).toBe('[2001:db8::2]:80');
    expect(withPort('container:web', 80)).toBe('container:web:80');
  });

  it('a port that is published on one address is asked for there', () => {
    const words = Object.values(snapshot.records.publishedPort).map(publishedWord);
    expect(words).toEqual(['host:8080', '127.0.0.1:9090', 'host:8080']);
  });

  it('without a default route there is no machine on the LAN to name', () => {
    expect(lanNeighbour(snapshot)).toBeNull();
  });

  it.each([
    ['container:web', 'from', { from: 'web' }],
    ['container:web', 'to', { to: 'container:web:80', proto: 'tcp' }],
    ['container:gone', 'from', null],
    ['container:idle', 'to', { to: 'container:idle', proto: 'icmp' }],
    ['endpoint:web/front', 'to', { to: '172.18.0.2:80', proto: 'tcp' }],
    ['endpoint:web/front', 'from', { from: 'web' }],
    ['publishedPort:8080', 'to', { to: 'host:8080', proto: 'tcp' }],
    ['sandbox:api', 'to', { to: 'container:api:8000', proto: 'tcp' }],
    ['rule:x', 'from', null],
    ['rule:x', 'to', null],
  ] as const)('%s picked as %s', (record, end, words) => {
    expect(endOfRecord(snapshot, { record, zone: null }, end)).toEqual(words);
  });

  it('places outside that stand for no record', () => {
    expect(endOfRecord(snapshot, { record: null, zone: 'internet' }, 'from')).toEqual({ from: 'internet' });
    expect(endOfRecord(snapshot, { record: 'link:host/2', zone: 'host' }, 'from')).toEqual({ from: 'host' });
    expect(endOfRecord(snapshot, { record: null, zone: 'lan' }, 'to')).toBeNull();
  });

  it('what is selected stands where it belongs', () => {
    expect(presetOf(snapshot, 'publishedPort:8080')).toEqual({ from: 'internet', to: 'host:8080', proto: 'tcp' });
    expect(presetOf(snapshot, 'container:api')).toEqual({ from: 'api', to: '' });
    expect(presetOf(snapshot, null)).toEqual({});
  });
});

describe('what is offered', () => {
  it('for a published port: from where it may be reached', () => {
    expect(entriesFor(snapshot, 'publishedPort:8080').map(({ words }) => words)).toEqual([
      { from: 'internet', to: 'host:8080', proto: 'tcp' },
      { from: 'host', to: 'host:8080', proto: 'tcp' },
    ]);
  });

  it('for a container: to it, to its peers by name, and out', () => {
    const asked = entriesFor(snapshot, 'container:web').map(({ words: { from, to } }) => `${from} ${to}`);
    expect(asked).toEqual([
      'internet host:8080',
      'internet 127.0.0.1:9090',
      'host container:web:80',
      'web api:8000',
      'web 203.0.113.9:443',
    ]);
  });

  it('for what is no end of a path: nothing', () => expect(entriesFor(snapshot, 'rule:x')).toEqual([]));

  it('every starter is a question that is understood', () => {
    const starters = startersFor(snapshot);
    expect(starters.length).toBeGreaterThan(2);
    for (const { words } of starters) expect(readWords(snapshot, words).kind).toBe('question');
  });

  it('the palette takes words in any order', () => {
    expect(palettePaths(snapshot, '8080 internet')[0]?.words).toEqual({
      from: 'internet',
      to: 'host:8080',
      proto: 'tcp',
    });
    expect(palettePaths(snapshot, 'idle web').map(({ words }) => words.from)).toContain('idle');
    expect(palettePaths(snapshot, 'nothing like it')).toEqual([]);
  });
});

describe('suggestions', () => {
  const suggest = (typed: string, end: 'from' | 'to' = 'to', from = 'web', proto: 'tcp' | 'icmp' = 'tcp') =>
    suggestEnds(snapshot, { end, typed, from, proto }).map(({ word }) => word);

  it('who sends has to run', () => {
    expect(suggest('', 'from')).toEqual(['internet', 'host', 'web', 'api', 'idle']);
  });

  it('names stand for those on the sender’s own networks only', () => {
    expect(suggest('api')).toContain('api:8000');
    expect(suggest('api', 'to', 'idle')).not.toContain('api:8000');
    expect(suggest('api', 'to', 'internet')).toEqual(['container:api:8000', 'container:api:81']);
  });

  it('a ping has no port', () => {
    expect(suggest('', 'to', 'web', 'icmp').every((word) => !/:\d+$/.test(word))).toBe(true);
  });

  it('an address finds who has it', () => expect(suggest('172.18.0.3')).toContain('container:api:8000'));
});

describe('the words of a question', () => {
  it('are open while an end is empty, and a fault names its field', () => {
    expect(readWords(snapshot, { from: '', to: 'host:80', proto: 'tcp' }).kind).toBe('open');
    const fault = readWords(snapshot, { from: 'wbe', to: 'host:80', proto: 'tcp' });
    expect(fault).toMatchObject({ kind: 'fault', field: 'from', error: { fix: 'Did you mean "web"?' } });
    expect(readWords(snapshot, { from: 'web', to: 'api', proto: 'tcp' })).toMatchObject({
      field: 'to',
      error: { fix: 'Write api:80, or icmp for a ping.' },
    });
  });

  it.each([
    [
      { from: 'web', to: 'api:8000', proto: 'tcp' },
      { from: 'api', to: 'container:web:80', proto: 'tcp' },
    ],
    [
      { from: '10.0.0.9', to: 'host:8080', proto: 'tcp' },
      { from: 'host', to: '10.0.0.9:8080' },
    ],
    [
      { from: 'host', to: '[2001:db8::2]:80', proto: 'tcp' },
      { from: '2001:db8::2', to: 'host:80' },
    ],
    [
      { from: 'web', to: '10.0.0.9', proto: 'icmp' },
      { from: '10.0.0.9', to: 'container:web', proto: 'icmp' },
    ],
    [{ from: 'internet', to: 'host:8080', proto: 'tcp' }, null],
  ] as const)('%j the other way round', (words, other) => expect(swapped(snapshot, words)).toEqual(other));
});
