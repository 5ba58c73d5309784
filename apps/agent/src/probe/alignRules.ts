import type { RuleRef } from '@vethscope/model';

/** `told` false: the kernel's trace does not name such a rule. `certain` false: it stands in a chain that the kernel may not have. */
export interface PredictedRule {
  ref: RuleRef;
  told: boolean;
  certain: boolean;
}

export interface AlignedRule {
  predicted: RuleRef | null;
  observed: RuleRef | null;
  same: boolean | null;
}

const words = ({ family, table, chain, rule, verdict }: RuleRef): string =>
  `${family} ${table} ${chain} ${rule} ${verdict}`;

/**
 * Two lists of rules side by side, in order: what stands in both is one line, and of what differs a predicted and an observed rule of the same chain share
 * one. A rule that may not exist and was not seen is no line.
 */
export function alignRules(predicted: readonly PredictedRule[], observed: readonly RuleRef[]): AlignedRule[] {
  const common = commonLengths(predicted, observed);
  const length = (i: number, j: number) => common[i]?.[j] ?? 0;
  const lines: AlignedRule[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const expected = predicted[i];
    const seen = observed[j];
    if (expected === undefined && seen === undefined) return pairOff(lines);
    if (expected !== undefined && seen !== undefined && isSame(expected, seen)) {
      lines.push({ predicted: expected.ref, observed: seen, same: true });
      i += 1;
      j += 1;
    } else if (expected !== undefined && (seen === undefined || length(i + 1, j) >= length(i, j + 1))) {
      if (expected.certain) lines.push({ predicted: expected.ref, observed: null, same: expected.told ? false : null });
      i += 1;
    } else {
      lines.push({ predicted: null, observed: seen ?? null, same: false });
      j += 1;
    }
  }
}

const isSame = (predicted: PredictedRule, observed: RuleRef): boolean =>
  predicted.told && words(predicted.ref) === words(observed);

/** The length of the longest common subsequence of what stands behind each pair of places. Ways have some tens of rules. */
function commonLengths(predicted: readonly PredictedRule[], observed: readonly RuleRef[]): number[][] {
  const table = Array.from({ length: predicted.length + 1 }, () => new Array<number>(observed.length + 1).fill(0));
  for (let i = predicted.length - 1; i >= 0; i--) {
    for (let j = observed.length - 1; j >= 0; j--) {
      const [expected, seen] = [predicted[i], observed[j]];
      const row = table[i];
      if (expected === undefined || seen === undefined || row === undefined) continue;
      const [down, right, both] = [table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0, table[i + 1]?.[j + 1] ?? 0];
      row[j] = isSame(expected, seen) ? both + 1 : Math.max(down, right);
    }
  }
  return table;
}

/** Between two lines that agree, the first predicted and the first observed rule of a chain are the same question with two answers. */
function pairOff(lines: readonly AlignedRule[]): AlignedRule[] {
  const result: AlignedRule[] = [];
  let open = 0;
  for (const line of lines) {
    if (line.same === true) {
      result.push(line);
      open = result.length;
      continue;
    }
    const partner = result.findIndex((other, at) => at >= open && isPair(other, line));
    const found = result[partner];
    if (found === undefined) result.push(line);
    else
      result[partner] = {
        predicted: found.predicted ?? line.predicted,
        observed: found.observed ?? line.observed,
        same: false,
      };
  }
  return result;
}

function isPair(a: AlignedRule, b: AlignedRule): boolean {
  if (a.same === null || b.same === null) return false;
  const predicted = a.predicted ?? b.predicted;
  const observed = a.observed ?? b.observed;
  const isOneEach =
    (a.predicted === null) !== (a.observed === null) && (a.predicted === null) !== (b.predicted === null);
  if (!isOneEach || predicted === null || observed === null) return false;
  return (
    predicted.family === observed.family && predicted.table === observed.table && predicted.chain === observed.chain
  );
}
