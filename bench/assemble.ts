import { syntheticRecording } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { type Figure, percentile } from './report.ts';

/** From a Recording's texts to the records of its Snapshot, beside what JSON.parse alone takes for it. Median of five. */
export function benchAssemble(): Figure[] {
  const raw = syntheticRecording({ containers: 1000, networks: 30, portsPerContainer: 14, seed: 1 });
  const recording = parseRecording(raw);
  const text = JSON.stringify(raw);
  const median = (work: () => unknown) => {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    });
    return percentile(times, 0.5);
  };
  const rules = Object.keys(snapshotOf(recording).records.rule).length;
  const [own, json] = [median(() => snapshotOf(recording)), median(() => JSON.parse(text))];
  return [
    {
      name: 'recording to snapshot, 1,000 containers',
      value: own,
      unit: 'ms',
      note: `${rules.toLocaleString('en')} rules`,
    },
    { name: '  JSON.parse of the same recording', value: json, unit: 'ms' },
    { name: '  snapshot / JSON.parse', value: own / json, unit: '×' },
  ];
}
