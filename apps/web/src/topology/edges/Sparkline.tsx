import type { RateSample } from '../canvasProps.ts';
import { useSamples } from '../live/countersContext.ts';

const seconds = 60;

/** x by time (a minute to the left of the newest sample), y by rate; the highest rate touches the top. */
function sparkPath(samples: readonly RateSample[], width: number, height: number): string {
  const newest = samples.at(-1)?.at ?? 0;
  const top = Math.max(1, ...samples.map((sample) => sample.rx + sample.tx));
  return samples
    .map((sample) => {
      const x = width - ((newest - sample.at) / 1000 / seconds) * width;
      const y = height - 1 - ((sample.rx + sample.tx) / top) * (height - 2);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .reduce((path, point, index) => `${path}${index === 0 ? 'M' : 'L'}${point}`, '');
}

/** The rate of the last minute, without axes: its shape says enough, the figures stand beside it. */
export function Sparkline({ link, width, height }: { link: string; width: number; height: number }) {
  const samples = useSamples(link);
  if (samples.length < 2) return null;
  const line = sparkPath(samples, width, height);
  const first = /^M(\S+)/.exec(line)?.[1] ?? '0';
  return (
    <svg className="vt-spark" width={width} height={height} aria-hidden="true">
      <path className="vt-spark-area" d={`${line}V${height}H${first}Z`} />
      <path className="vt-spark-line" d={line} />
    </svg>
  );
}
