import type { RuleRef } from '@vethscope/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignRules, type PredictedRule } from './alignRules.ts';

const rule = (chain: string, position: RuleRef['rule'], verdict = 'accept'): RuleRef => ({
  family: 'ip',
  table: 'filter',
  chain,
  rule: position,
  verdict,
});
const sure = (ref: RuleRef): PredictedRule => ({ ref, told: true, certain: true });
const words = (ref: RuleRef | null) => (ref === null ? '-' : `${ref.chain} ${ref.rule} ${ref.verdict}`);
const table = (predicted: PredictedRule[], observed: RuleRef[]) =>
  alignRules(predicted, observed).map((line) => [words(line.predicted), words(line.observed), line.same]);

describe('alignRules', () => {
  it('is one line each where both agree', () => {
    const rules = [rule('FORWARD', 1, 'jump DOCKER'), rule('DOCKER', 3)];
    expect(table(rules.map(sure), rules).map(([, , same]) => same)).toEqual([true, true]);
  });

  it('sets two answers of one chain side by side, and goes on behind them', () => {
    const predicted = [rule('FORWARD', 1, 'jump A'), rule('A', 2, 'drop')].map(sure);
    expect(table(predicted, [rule('FORWARD', 1, 'jump A'), rule('A', 1), rule('POSTROUTING', 'policy')])).toEqual([
      ['FORWARD 1 jump A', 'FORWARD 1 jump A', true],
      ['A 2 drop', 'A 1 accept', false],
      ['-', 'POSTROUTING policy accept', false],
    ]);
  });

  it('finds the rest again behind a rule that nobody predicted', () => {
    const tail = [rule('B', 1), rule('C', 1)];
    expect(
      table([rule('A', 1), ...tail].map(sure), [rule('A', 1), rule('X', 9), ...tail]).map(([, , same]) => same),
    ).toEqual([true, false, true, true]);
  });

  it('does not hold against the kernel what it does not tell', () => {
    const legacy = { ref: rule('INPUT', 1), told: false, certain: true };
    expect(table([legacy, sure(rule('B', 1))], [rule('B', 1)])).toEqual([
      ['INPUT 1 accept', '-', null],
      ['B 1 accept', 'B 1 accept', true],
    ]);
  });

  it('has a line for a chain that may not exist only where it was seen', () => {
    const maybe = { ref: rule('OUTPUT', 'policy'), told: true, certain: false };
    expect(table([maybe], [])).toEqual([]);
    expect(table([maybe], [rule('OUTPUT', 'policy')])).toEqual([
      ['OUTPUT policy accept', 'OUTPUT policy accept', true],
    ]);
  });

  it('loses no rule, invents none, and calls nothing the same that is not', () => {
    const anyRule = fc.record({ chain: fc.constantFrom('A', 'B', 'C'), position: fc.nat(3) });
    const anyRules = fc.array(
      anyRule.map(({ chain, position }) => rule(chain, position)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyRules, anyRules, (predicted, observed) => {
        const lines = alignRules(predicted.map(sure), observed);
        const sorted = (refs: (RuleRef | null)[]) => refs.flatMap((ref) => (ref === null ? [] : [words(ref)])).sort();
        expect(sorted(lines.map((line) => line.predicted))).toEqual(sorted(predicted));
        expect(sorted(lines.map((line) => line.observed))).toEqual(sorted(observed));
        for (const line of lines) expect(line.same).toBe(words(line.predicted) === words(line.observed));
      }),
    );
  });
});
