import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { buildGraph, lenses } from '@vethscope/graph';
import { type Recording, recordTypes, type Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { reachCell, reachQuestion, reachSources, reachTargets, tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { maskSnapshot } from '../maskSnapshot.ts';
import { maskRecording } from './maskRecording.ts';

/** What nobody can guess, the same in every run. */
const randomFrom = (seed: number) => () => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 16) & 0xff;
};
const maskOf = (recording: Recording, options = { names: true, addresses: true }) =>
  maskRecording(recording, snapshotOf(recording), { ...options, random: randomFrom(7) });

/** A container is known again by its birthday. */
const bornOf = (snapshot: Snapshot, id: string) => snapshot.records.container[id]?.createdAt ?? id;

/** Every path that the matrix asks for: how it ends, and what the kernel decided on the way. */
function pathsOf(snapshot: Snapshot): string[] {
  const sources = reachSources(snapshot);
  return reachTargets(snapshot).flatMap((target) =>
    sources.map((source) => {
      const of = target.group.kind === 'host' ? 'host' : bornOf(snapshot, target.group.id);
      const from = source.id.startsWith('container:') ? bornOf(snapshot, source.id) : source.id;
      const asked = `${from} → ${target.kind} ${of} ${target.protocol}/${target.port} ${target.family} ${target.to.kind}`;
      const question = /^(internet|lan|host|.*[05]Z)$/.test(from) ? reachQuestion(source, target) : null;
      const steps = question === null ? [] : stepsOf(snapshot, question);
      return `${asked}: ${reachCell(snapshot, { source, target }).code} ${steps.join(' ')}`;
    }),
  );
}

function stepsOf(snapshot: Snapshot, question: Parameters<typeof tracePath>[1]): string[] {
  return tracePath(snapshot, question).legs.flatMap(({ hops }) =>
    hops.flatMap(({ steps }) => steps.map(({ kind }) => kind)),
  );
}

/** What a bystander must not learn, by what it is. */
function secretsOf(recording: Recording, { records }: Snapshot): string[] {
  const text = JSON.stringify(recording);
  const everybodys = /^(127\.|0\.|255\.|169\.254\.|224\.|203\.0\.113\.|10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/;
  const everybodysMac = /^(00:00:00:00:00:00|ff:ff:ff:ff:ff:ff|01:00:5e:00:00:..|33:33:00:.*)$/;
  return [
    ...Object.values(records.container).flatMap(({ name, hostname, image }) => [name, hostname, image]),
    ...Object.values(records.network).flatMap(({ name, bridgeName }) => [name, bridgeName ?? '']),
    ...[...text.matchAll(/\b[0-9a-f]{64}\b/g)].flatMap(([id]) => [id, id.slice(0, 12)]),
    ...[...text.matchAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g)].flatMap(([mac]) =>
      everybodysMac.test(mac) ? [] : [mac],
    ),
    ...[...text.matchAll(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g)].flatMap(([address]) =>
      everybodys.test(address) ? [] : [address],
    ),
    ...[...text.matchAll(/\b(?:2[0-9a-f]{3}|f[de][0-9a-f]{2}):[0-9a-f:]*:[0-9a-f:]+\b/g)].flatMap(([address]) =>
      address === 'fe80::1' ? [] : [address],
    ),
  ];
}

/** Words of the format, the kernel and the programs that are names of containers or networks of the fixtures as well. */
const everybodysWords = new Set([
  ...['', 'bridge', 'host', 'none', 'docker0', 'open', 'routed', 'paused', 'op', 'lo', 'mac', 'range'],
]);

describe.each(fixtureNames)('%s, masked', (name) => {
  const real = parseRecording(readFixture(name));
  const snapshot = snapshotOf(real);
  const masked = maskOf(real);
  const opened = snapshotOf(parseRecording(JSON.parse(JSON.stringify(masked))));

  it('says no name, image, id, MAC or address of the host anywhere in the file', () => {
    const bytes = JSON.stringify(masked);
    const isIn = (secret: string) =>
      new RegExp(`(?<![A-Za-z0-9.:-])${secret.replace(/[.[\]/+*]/g, '\\$&')}(?![\\w:-]|\\.\\d)`, 'i').exec(bytes);
    const told = [...new Set(secretsOf(real, snapshot))].flatMap((secret) => {
      const at = everybodysWords.has(secret) ? null : isIn(secret);
      return at ? [`${secret}: ${bytes.slice(Math.max(0, at.index - 60), at.index + 60)}`] : [];
    });
    expect(told).toEqual([]);
  });

  it('has the same records, and no warning more', () => {
    for (const type of recordTypes)
      expect([type, Object.keys(opened.records[type]).length]).toEqual([
        type,
        Object.keys(snapshot.records[type]).length,
      ]);
    expect(opened.counters.links).toEqual(snapshot.counters.links);
    expect(Object.values(opened.records.warning).map(({ reason }) => reason)).toEqual(
      Object.values(snapshot.records.warning).map(({ reason }) => reason),
    );
    const owners = ({ records }: Snapshot) =>
      Object.values(records.rule).map(({ owner, verdict }) => `${owner} ${verdict}`);
    expect(owners(opened).sort()).toEqual(owners(snapshot).sort());
  });

  it('is drawn alike', () => {
    for (const lens of lenses) {
      const [before, after] = [snapshot, opened].map((each) => {
        const { nodes, edges } = buildGraph(each, lens);
        const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
        return [
          nodes.map(({ kind }) => kind).sort(),
          edges.map((edge) => `${kinds.get(edge.from)} ${edge.kind} ${kinds.get(edge.to)}`).sort(),
        ];
      });
      expect(after).toEqual(before);
    }
  });

  it('lets through and stops what was let through and stopped', () => {
    expect(pathsOf(opened).sort()).toEqual(pathsOf(snapshot).sort());
  });
});

describe('names', () => {
  it('are the same as in a masked picture, and addresses are drawn anew each time', () => {
    const real = parseRecording(readFixture('docker-29.7-nftables'));
    const picture = maskSnapshot(snapshotOf(real), { names: true, addresses: true }).snapshot.records;
    const [once, again] = [1, 2].map(() =>
      snapshotOf(maskRecording(real, snapshotOf(real), { names: true, addresses: true })),
    );
    const names = ({ container, network }: Snapshot['records']) =>
      [...Object.values(container), ...Object.values(network)].map(({ name }) => name).sort();
    expect(once && names(once.records)).toEqual(names(picture));
    const ends = (snapshot?: Snapshot) => Object.values(snapshot?.records.endpoint ?? {}).map(({ ipv4 }) => ipv4);
    expect(ends(once)).not.toEqual(ends(again));
  });
});

describe('what a person wrote', () => {
  it('is in no field of the file', () => {
    const real = parseRecording(planted(readFixture('docker-28.5-iptables-nft')));
    const bytes = JSON.stringify(maskOf(real));
    expect(JSON.stringify(real).match(/secretly/g)?.length).toBeGreaterThan(1000);
    expect(/.{80}secretly.{40}/.exec(bytes)?.[0]).toBeUndefined();
  });

  it('stays where only addresses are masked, and addresses where only names are', () => {
    const real = parseRecording(planted(readFixture('docker-28.5-iptables-nft')));
    const addressesOnly = JSON.stringify(maskOf(real, { names: false, addresses: true }));
    expect(addressesOnly).toContain('secretly-web');
    expect(addressesOnly).not.toMatch(/198\.18\.0\.28|2001:db8:1::28/);
    const namesOnly = JSON.stringify(maskOf(real, { names: true, addresses: false }));
    expect(namesOnly).toContain('198.18.0.28');
    expect(/.{80}secretly.{40}/.exec(namesOnly)?.[0]).toBeUndefined();
    expect(maskOf(real, { names: false, addresses: false })).toBe(real);
    expect(JSON.parse(namesOnly).replaced).toEqual(['names']);
  });

  it('keeps what rules say of links that begin alike', () => {
    const real = parseRecording(readFixture('docker-28.5-iptables-nft'));
    const host = real.namespaces[0];
    if (host?.readings.iptables === undefined) throw new Error('no rules');
    host.readings.iptables = host.readings.iptables.replace('COMMIT', '-A PREROUTING -i noic+ -j DROP\nCOMMIT');
    const rules = maskOf(real).namespaces[0]?.readings.iptables ?? '';
    expect(rules).toContain('-A PREROUTING -i l1-+ -j DROP');
    expect(rules).toContain('-i l1-1 ');
  });
});

/** Every name, comment, command and label is a secret, and every object has a field that no version of the engine or the kernel knows. */
function planted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => planted(each, key));
  if (typeof value === 'string') return plantedText(value, key);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => {
    const isNetwork = key === 'Networks' && !['bridge', 'host', 'none'].includes(name);
    return [isNetwork ? `secretly-${name}` : name, planted(each, name)];
  });
  if (key === 'Labels') entries.push(['secretly.org/label', 'secretly-said']);
  const isOpen = ![
    'bodies',
    'containerFiles',
    'sysctls',
    'Networks',
    'Ports',
    'PortBindings',
    'ExposedPorts',
    'Labels',
  ].includes(key);
  if (isOpen && key !== 'netnsIds') entries.push(['Surprise', 'secretly-new']);
  return Object.fromEntries(entries);
}

const nameKeys = new Set([
  'Name',
  'Names',
  'DNSNames',
  'Aliases',
  'Hostname',
  'Domainname',
  'hostname',
  'ifalias',
  'altnames',
]);
const saidKeys = new Set(['Cmd', 'Args', 'Path', 'Command', 'DnsSearch']);

function plantedText(text: string, key: string): string {
  const everybodys = /^\/?(bridge|host|none|)$/.test(text);
  if (nameKeys.has(key) && !everybodys) return text.replace(/^(\/?)/, '$1secretly-');
  if (saidKeys.has(key)) return `secretly-${text}`;
  if (key === 'Image') return `secretly/${text}`;
  if (key === 'NetworkMode' && !/^(default|host|none|bridge|container:.*)$/.test(text)) return `secretly-${text}`;
  if (key === 'ExtraHosts') return `secretly.${text}`;
  if (key === 'hosts') return `${text}# secretly\n10.9.8.7 secretly.example secretly\n`;
  if (key === 'resolvConf') return `${text}search secretly.example\n; secretly\n`;
  if (key === 'reason') return `secretly-web: ${text}`;
  if (/^ip6?tables/.test(key))
    return text.replace(
      /^COMMIT/m,
      [
        ':SECRETLY - [0:0]',
        '-A SECRETLY -m comment --comment secretly -j DROP',
        '-A SECRETLY -m comment --comment "-secretly \\"so\\" 10.1.1.1" -j LOG --log-prefix "secretly: "',
        '-A SECRETLY -m comment --comment "two\nsecretly lines" -j RETURN',
        '-A SECRETLY -m recent --rcheck --name secretly --mask 255.255.255.255 -j DROP',
        '-A SECRETLY -m set --match-set secretly src -m owner --uid-owner secretly -j DROP',
        '-A SECRETLY -m unheard --of "secretly so" -j SECRETLY',
        'COMMIT',
      ].join('\n'),
    );
  if (key === 'nft')
    return text.replace(
      /\]\}\s*$/,
      `, ${JSON.stringify({ table: { family: 'inet', name: 'secretly', handle: 90 } })}, ${JSON.stringify({
        chain: { family: 'inet', table: 'secretly', name: 'secretly_in', handle: 1 },
      })}, ${JSON.stringify({
        set: {
          family: 'inet',
          table: 'secretly',
          name: 'secretly_set',
          type: 'ipv4_addr',
          handle: 3,
          elem: ['198.18.0.28'],
        },
      })}, ${JSON.stringify({
        rule: {
          family: 'inet',
          table: 'secretly',
          chain: 'secretly_in',
          handle: 2,
          comment: 'secretly',
          expr: [
            { match: { op: '==', left: { meta: { key: 'skuid' } }, right: 'secretly' } },
            { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '@secretly_set' } },
            { match: { op: '==', left: { socket: { key: 'cgroupv2' } }, right: 'system.slice/secretly' } },
            { log: { prefix: 'secretly' } },
            { counter: 'secretly_counter' },
            { jump: { target: 'secretly_in' } },
          ],
        },
      })}]}`,
    );
  return text;
}
