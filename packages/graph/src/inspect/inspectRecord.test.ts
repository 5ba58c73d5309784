import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build/buildGraph.ts';
import { lenses } from '../graph.ts';
import { inspectRecord } from './inspectRecord.ts';

const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));

function container(name: string): string {
  return Object.values(snapshot.records.container).find((each) => each.name === name)?.id ?? '';
}

function facts(id: string, title: string): string[] {
  const section = inspectRecord(snapshot, id)?.sections.find((each) => each.title === title);
  return (section?.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
}

describe('inspectRecord', () => {
  it('tells of a container where it is plugged in, by which cable, and who answers', () => {
    expect(facts(container('my-nginx'), 'Network')).toEqual([
      'Sandbox: net:[4026538791] · pid 14748',
      'Joins: docker0',
      'eth0: 172.17.0.4/16 · 32:65:fd:f4:3b:c2',
      'Cable: eth0 #2 ↔ veth5b5a191 #13',
      'Gateway: 172.17.0.1 by docker0',
      'Listens: [::]:80',
    ]);
    expect(facts(container('my-nginx'), 'Published')).toEqual([
      ':8080/tcp: DNAT to 172.17.0.4:80',
      ': docker-proxy 14763 (v4), 14769 (v6)',
    ]);
  });

  it('finds every rule that mentions it, in the order of the hooks', () => {
    const rules = inspectRecord(snapshot, container('my-nginx'))?.rules ?? [];
    expect(rules.map(({ place, why }) => `${place} (${why})`)).toEqual([
      'raw PREROUTING 4 (172.17.0.4/32)',
      'nat DOCKER 8 (172.17.0.4)',
      'filter DOCKER 16 (172.17.0.4/32)',
    ]);
  });

  it('says what would not answer', () => {
    expect(facts(container('deaf'), 'Published')).toContain(': nothing in the container would answer on port 80/tcp');
  });

  it.each(fixtureNames)('can be asked for every record behind a node or an edge of %s', (name) => {
    const host = snapshotOf(parseRecording(readFixture(name)));
    for (const lens of lenses) {
      const graph = buildGraph(host, lens);
      for (const id of new Set([...graph.nodes, ...graph.edges].flatMap((each) => each.records.slice(0, 1)))) {
        if (!id.startsWith('fdb')) expect(inspectRecord(host, id), id).not.toBeNull();
      }
    }
  });

  it('knows nothing of what is gone', () => {
    expect(inspectRecord(snapshot, 'container:gone')).toBeNull();
  });
});
