import { fixtureNames, readFixture } from '@vethscope/fixtures';
import type { IptablesMatch, IptablesTarget, NftExpression } from '@vethscope/model';
import { nftParts, parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { rule } from './ko/rules/rule.ts';

const iptables = (matches: IptablesMatch[], target: IptablesTarget | null) =>
  rule.iptables({ syntax: 'iptables', matches, target });

describe('what a rule does, in Korean', () => {
  it('says what a packet has, then what becomes of it', () => {
    expect(iptables([], { kind: 'accept' })).toBe('모든 패킷은 허용합니다.');
    expect(
      iptables(
        [
          { kind: 'protocol', not: false, protocol: 'tcp' },
          { kind: 'inLink', not: true, name: 'docker0' },
          { kind: 'destinationPort', not: false, protocol: 'tcp', ports: { from: 8080, to: 8080 } },
        ],
        {
          kind: 'dnat',
          address: '172.17.0.4',
          addressTo: null,
          ports: { from: 80, to: 80 },
          portBase: null,
          random: false,
          persistent: false,
        },
      ),
    ).toBe('docker0 링크로 들어오지 않은, 8080번 포트로 가는 TCP 패킷은 목적지를 바꿉니다: 172.17.0.4:80.');
  });

  it('says the same of a rule of nft', () => {
    const match = (left: NftExpression, op: string, right: string) => ({
      kind: 'match' as const,
      value: { op, left, right },
    });
    const statements = [
      match({ meta: { key: 'iifname' } }, '!=', 'docker0'),
      match({ payload: { protocol: 'ip', field: 'daddr' } }, '==', '172.17.0.2'),
      { kind: 'counter' as const, value: null },
      { kind: 'drop' as const, value: null },
    ];
    expect(rule.nft(nftParts({ syntax: 'nft', statements }))).toBe(
      'docker0 링크로 들어오지 않은, 172.17.0.2 주소로 가는 패킷은 버립니다.',
    );
  });

  it.each(fixtureNames)('has no English sentence for a rule of %s', (fixture) => {
    const { records } = snapshotOf(parseRecording(readFixture(fixture)));
    const rules = Object.values(records.rule);
    expect(rules.length).toBeGreaterThan(20);
    const wrong = rules.flatMap(({ body }) => {
      const said = body.syntax === 'iptables' ? rule.iptables(body) : rule.nft(nftParts(body));
      // What is quoted stands as nft prints it.
      const english = /[a-z]{3,} (?:is|of|to|by|the|a|from|port|in) /.test(said.replace(/“[^”]*”/g, ''));
      return english || !/니다.*\.$/.test(said) || /undefined/.test(said) ? [said] : [];
    });
    expect(wrong).toEqual([]);
  });
});
