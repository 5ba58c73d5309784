import type { ProbedQuestion } from './probeZoo.ts';

/** What came of the probes on one engine. */
export interface ProbeFigures {
  kind: string;
  probes: number;
  agreeing: number;
  /** Rules that the kernel named, in all namespaces, both ways. */
  rules: number;
  places: number;
  longestMs: number;
}

export function figuresOf(kind: string, probed: readonly ProbedQuestion[]): ProbeFigures {
  const sent = probed.filter(({ result, faults }) => result !== null || faults.length > 0);
  const results = probed.flatMap(({ result }) => (result === null ? [] : [result]));
  const places = results.flatMap((result) => result.places).filter(({ observed }) => observed === true);
  return {
    kind,
    probes: sent.length,
    agreeing: sent.filter(({ faults }) => faults.length === 0).length,
    rules: places.flatMap(({ rules }) => rules).filter(({ observed }) => observed !== null).length,
    places: places.length,
    longestMs: Math.round(Math.max(0, ...results.map(({ tookMs }) => tookMs))),
  };
}

const marks = { start: '<!-- figures: npm run verify:probes -- --write -->', end: '<!-- end of figures -->' } as const;

/** The document with new figures between its marks. */
export function withFigures(document: string, figures: readonly ProbeFigures[], kernel: string): string {
  const [start, end] = [document.indexOf(marks.start), document.indexOf(marks.end)];
  if (start < 0 || end < start) throw new Error(`docs/probe.md has no "${marks.start}" and "${marks.end}".`);
  const rows = figures.map(
    ({ kind, probes, agreeing, rules, places, longestMs }) =>
      `| ${kind} | ${agreeing} of ${probes} | ${places} | ${rules} | ${(longestMs / 1000).toFixed(1)} s |`,
  );
  const table = [
    `Kernel ${kernel}.`,
    '',
    '| Engine | Probes that agree | Namespaces passed | Rules observed | The longest |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
  return `${document.slice(0, start + marks.start.length)}\n\n${table}\n\n${document.slice(end)}`;
}
