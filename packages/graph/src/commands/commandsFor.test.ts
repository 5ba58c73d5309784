import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build/buildGraph.ts';
import { lenses } from '../graph.ts';
import { syntheticSnapshot } from '../synthetic/syntheticSnapshot.ts';
import { commandsFor } from './commandsFor.ts';

const readers = new Set([
  'ip',
  'bridge',
  'ss',
  'cat',
  'readlink',
  'sysctl',
  'ps',
  'docker',
  'iptables',
  'ip6tables',
  'iptables-legacy',
  'ip6tables-legacy',
  'nft',
]);

describe('commandsFor', () => {
  it.each(fixtureNames)('has only reading commands, each with an id of its own, for everything drawn of %s', (name) => {
    const snapshot = snapshotOf(parseRecording(readFixture(name)));
    const ids = new Set(lenses.flatMap((lens) => buildGraph(snapshot, lens).nodes.flatMap((node) => node.records)));
    for (const id of ids) {
      const commands = commandsFor(snapshot, id);
      expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
      for (const { argv, display } of commands) {
        expect(readers).toContain(argv[0]);
        expect(argv.join(' ')).not.toMatch(
          /\b(add|del|delete|set|flush|replace|rm|exec|run|insert|append)\b|[;&|<>$`\n]/,
        );
        expect(display).not.toMatch(/[;&|<>$`\n]/);
      }
    }
  });

  it('shows a container from inside its sandbox, and its translation', () => {
    const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
    const id = Object.values(snapshot.records.container).find((container) => container.name === 'my-nginx')?.id ?? '';
    const displays = commandsFor(snapshot, id).map((command) => command.display);
    expect(displays).toContain('sudo nsenter -t 14748 -n ip route');
    expect(displays).toContain('ip -d link show dev veth5b5a191');
    expect(displays).toContain('sudo iptables -t nat -L DOCKER -n -v --line-numbers');
  });

  it('has no command with a name that could be an option, a path or a second command', () => {
    for (const evil of ['-9', '--help', '../../etc/shadow', 'a;reboot', '$(id)', 'a b', 'x/y']) {
      const snapshot = syntheticSnapshot({
        networks: [{ name: 'bridge' }],
        containers: [{ name: 'c', on: [0], created: 0 }],
      });
      for (const link of Object.values(snapshot.records.link)) link.name = evil;
      for (const container of Object.values(snapshot.records.container)) container.name = evil;
      for (const network of Object.values(snapshot.records.network)) {
        network.name = evil;
        network.bridgeName = evil;
      }
      for (const type of [
        snapshot.records.link,
        snapshot.records.container,
        snapshot.records.network,
        snapshot.records.endpoint,
      ]) {
        for (const id of Object.keys(type)) {
          for (const { argv } of commandsFor(snapshot, id))
            expect(
              argv.some((word) => word.includes(evil)),
              argv.join(' '),
            ).toBe(false);
        }
      }
    }
  });

  it('has none for what is not there', () => {
    expect(commandsFor(syntheticSnapshot({ networks: [], containers: [] }), 'container:gone')).toEqual([]);
  });
});
