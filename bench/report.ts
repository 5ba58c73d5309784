/** One measured figure: with its budget from the design where there is one, and `vs`, the same work by other means in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: 'ms' | 'fps' | '% of a core' | 'MB' | 'kB' | '×';
  /** What it should stay under (or reach, for fps). */
  budget?: number;
  note?: string;
}

const holds = ({ value, unit, budget }: Figure) =>
  budget === undefined || (unit === 'fps' ? value >= budget : value <= budget);

export function printFigures(title: string, figures: Figure[]): void {
  console.log(`\n${title}`);
  for (const figure of figures) {
    const value = `${figure.value.toLocaleString('en', { maximumFractionDigits: figure.value < 10 ? 2 : 0 })} ${figure.unit}`;
    const budget =
      figure.budget === undefined
        ? ''
        : `${holds(figure) ? 'within' : 'MISSES'} ${figure.unit === 'fps' ? '≥' : '≤'} ${figure.budget} ${figure.unit}`;
    console.log(
      `  ${figure.name.padEnd(56)}${value.padStart(16)}  ${budget.padEnd(26)} ${figure.note ?? ''}`.trimEnd(),
    );
  }
}

/** The value below which this share of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
