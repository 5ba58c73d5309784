import { useRates } from '../live/countersContext.ts';
import { rateWidth } from './rateWidth.ts';

/** The traffic of a line: a soft band of the same hue below it, as wide as the rate. */
export function RateLine({ link, path }: { link: string; path: string }) {
  const rates = useRates(link);
  const width = rates === null ? 0 : rateWidth(rates.rx + rates.tx);
  return <path className="vt-flow-band" d={path} style={{ strokeWidth: width === 0 ? 0 : width + 3 }} />;
}
