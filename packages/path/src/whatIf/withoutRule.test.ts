import { describe, expect, it } from 'vitest';
import { recorded } from '../testTrace.ts';
import { withoutRule } from './withoutRule.ts';

const snapshot = recorded();
const limit = 100_000;

function ruleWith(text: string): string {
  const found = Object.values(snapshot.records.rule).find((rule) => rule.text.includes(text));
  if (!found) throw new Error(`no rule with ${text}`);
  return found.id;
}

const told = (rule: string) => {
  const answer = withoutRule(snapshot, { rule, near: [], limit });
  if (!answer) throw new Error('The rule is not there.');
  return answer;
};

describe('withoutRule', () => {
  it('tells for whom a published port would be closed, and by what', () => {
    const rule = ruleWith(
      '-d 172.30.1.2/32 ! -i br-73059ca9083b -o br-73059ca9083b -p tcp -m tcp --dport 80 -j ACCEPT',
    );
    const { asked, all, changed } = told(rule);
    expect(asked).toBe(all);
    expect(
      changed.map(({ from, to, before, after }) => [from, to, before.disposition, after.disposition].join(' ')),
    ).toEqual(['internet host:8081 delivered dropped', 'LAN (198.18.0.253) host:8081 delivered dropped']);
    expect(changed[0]?.after.sentence).toContain('Docker drops what comes from outside of the network');
  });

  it('tells that docker-proxy serves a port whose DNAT rule is not there', () => {
    const { changed } = told(ruleWith('--dport 8080 -j DNAT'));
    expect(
      changed.map(({ from, to, before, after }) => [from, to, before.disposition, after.disposition].join(' ')),
    ).toEqual(['nm host:8080 dropped delivered']);
  });

  it('asks first what the rule speaks of', () => {
    const nginx = Object.values(snapshot.records.container).find(({ name }) => name === 'my-nginx')?.id ?? '';
    const rule = ruleWith('! -s 172.18.0.0/16 -o br-79b61ab19a64 -j DROP');
    const db = Object.values(snapshot.records.container).find(({ name }) => name === 'db')?.id ?? '';
    const few = (near: string) => withoutRule(snapshot, { rule, near: [near], limit: 3 });
    expect(few(db)?.changed.map(({ to }) => to)).toContain('db:5432');
    expect(few(nginx)?.changed).toEqual([]);
    expect(few(nginx)?.asked).toBe(3);
  });

  it('knows nothing of a rule that is gone', () => {
    expect(withoutRule(snapshot, { rule: 'rule:gone', near: [], limit })).toBeNull();
  });
});
