import { fixtureNames, readFixture } from '@vethscope/fixtures';
import {
  buildGraph,
  commandsFor,
  findFields,
  findProperties,
  inspectRecord,
  lenses,
  suggestFind,
} from '@vethscope/graph';
import { dispositions, recordTypes, type Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { dispositionText, reachWord } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { en } from './en/en.ts';
import { ko } from './ko/ko.ts';

/** What is the same in both languages: names of standards, of programs, and of what the kernel calls so. */
const same = /^(API|Docker|MAC|MTU|STP|VLAN|Swarm|LAN|IPv6|global|host|link|lo|ingress|docker-proxy|unicast|mtu \d+)$/;

/** Words that packages/graph says of a host, without its names, addresses and keys of options. */
function wordsOf(snapshot: Snapshot): Set<string> {
  const { records } = snapshot;
  const words = new Set<string>();
  const names = new Set(
    recordTypes.flatMap((type) => Object.values(records[type]).map((each) => ('name' in each ? each.name : ''))),
  );
  const add = (text: string) => {
    if (/[a-z]{3}/i.test(text) && !names.has(text) && !/[.:/#_\d]/.test(text) && !/^[a-z]+(-[a-z]+)*$/.test(text))
      words.add(text);
  };
  for (const type of recordTypes) {
    // Hundreds of rules say the same.
    for (const id of Object.keys(records[type]).slice(0, 60)) {
      const inspection = inspectRecord(snapshot, id);
      if (inspection === null) continue;
      if (inspection.state) add(inspection.state.text);
      for (const { title, facts } of inspection.sections) {
        add(title);
        for (const fact of facts) {
          add(fact.label);
          if (!fact.mono && fact.label !== 'Comment') add(fact.value);
        }
      }
      for (const command of commandsFor(snapshot, id)) add(command.title);
    }
  }
  for (const lens of lenses) {
    for (const node of buildGraph(snapshot, lens).nodes) {
      if (node.kind === 'tray') [node.title, node.note].forEach(add);
      if (node.kind === 'port' && node.note !== null) add(node.note);
      if (node.kind === 'container') for (const row of node.rows) if (row.tone === 'note') add(row.text);
      if (node.kind === 'outside') [node.title, node.detail].forEach(add);
    }
  }
  return words;
}

describe('words of packages/graph in Korean', () => {
  it.each(fixtureNames)('has all that is said of %s', (fixture) => {
    const words = wordsOf(snapshotOf(parseRecording(readFixture(fixture))));
    expect(words.size).toBeGreaterThan(60);
    const missing = [...words].filter((word) => ko.packages.word(word) === word && !same.test(word));
    expect(missing).toEqual([]);
  });

  it('has what the find box suggests', () => {
    const notes = [...Object.values(findFields), ...Object.values(findProperties)];
    expect(notes.filter((note) => ko.packages.word(note) === note)).toEqual([]);
    const snapshot = snapshotOf(parseRecording(readFixture(fixtureNames[0] ?? '')));
    const counted = suggestFind('image:', 6, snapshot).map(({ note }) => ko.packages.word(note));
    expect(counted[0]).toMatch(/^컨테이너 \d+개$/);
  });

  it('keeps names and addresses, and what nobody foresaw', () => {
    expect(ko.packages.word('exited (137)')).toBe('종료됨 (137)');
    expect(ko.packages.word('filter 2 rules, else drop')).toBe('filter 규칙 2개, 나머지 버림');
    expect(ko.packages.word('bridge · 172.17.0.0/16 · gw .1')).toBe('bridge · 172.17.0.0/16 · gw .1');
    expect(ko.packages.word('host network · compose project shop')).toBe('host 네트워크 · compose 프로젝트 shop');
    expect(ko.packages.word('A sentence of tomorrow.')).toBe('A sentence of tomorrow.');
    expect(ko.packages.word('constructor')).toBe('constructor');
  });
});

it('says in English what packages/path says', () => {
  for (const disposition of dispositions) {
    expect(en.packages.dispositions[disposition]).toBe(dispositionText(disposition));
    expect(en.reach.words[disposition]).toBe(reachWord(disposition));
  }
});

describe('differences in Korean', () => {
  const change = { place: null, note: '', fields: [], before: null, after: null } as const;

  it('says what came, went and changed', () => {
    const told = [
      { ...change, kind: 'endpoint', change: 'came', title: 'my-web on front-net', note: '172.18.0.3' },
      { ...change, kind: 'port', change: 'went', title: '0.0.0.0:8080/tcp', note: 'to my-web:80' },
      {
        ...change,
        kind: 'rule',
        change: 'came',
        title: '-A DOCKER -j DROP',
        place: 'host',
        note: 'ip nat DOCKER, rule 2',
      },
      {
        ...change,
        kind: 'container',
        change: 'changed',
        title: 'my-web',
        fields: [
          { field: 'state', before: 'running', after: 'exited' },
          { field: 'started', before: 'a', after: 'b' },
        ],
      },
    ] as const;
    expect(told.map((each) => ko.packages.change({ ...each, fields: [...each.fields] }))).toEqual([
      'my-web: front-net 네트워크에 연결됨, 172.18.0.3',
      '포트 0.0.0.0:8080/tcp: 공개 중단, → my-web:80',
      'ip nat DOCKER, 규칙 2 (호스트) 추가됨: -A DOCKER -j DROP',
      'my-web: 상태 실행 중 → 종료됨; 다시 시작됨',
    ]);
  });
});
