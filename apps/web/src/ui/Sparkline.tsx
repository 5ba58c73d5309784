interface SparklineProps {
  /** Oldest first; `upper` is drawn as an area, `lower` as a thin line over it. Same unit, same scale. */
  upper: readonly number[];
  lower: readonly number[];
  /** How many samples the whole width stands for: with fewer the line grows from the right. */
  capacity: number;
  label: string;
}

const width = 300;
const height = 40;

/** x,y pairs, newest at the right edge. */
function sparkPoints(values: readonly number[], capacity: number, top: number): [number, number][] {
  const step = width / Math.max(1, capacity - 1);
  return values.map((value, index) => [
    width - (values.length - 1 - index) * step,
    height - 1 - (top <= 0 ? 0 : (value / top) * (height - 4)),
  ]);
}

const path = (points: readonly [number, number][]) =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

export function Sparkline({ upper, lower, capacity, label }: SparklineProps) {
  const top = Math.max(1, ...upper, ...lower);
  const above = sparkPoints(upper, capacity, top);
  const first = above[0];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block h-10 w-full overflow-visible"
    >
      {first && above.length > 1 && (
        <>
          <path
            d={`${path(above)}L${width} ${height}L${first[0].toFixed(1)} ${height}Z`}
            className="fill-accent-fill"
          />
          <path
            d={path(above)}
            fill="none"
            className="stroke-accent"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={path(sparkPoints(lower, capacity, top))}
            fill="none"
            className="stroke-ink-3"
            strokeWidth={1.2}
            strokeDasharray="3 2"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
      <line
        x1={0}
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
