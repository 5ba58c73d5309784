/**
 * How wide a line's flow is drawn, in pixels at zoom 1: 0 for silence, then by the logarithm of bytes a second (1 kB/s 2.5, 1 MB/s 7, 1 GB/s
 * 12). In half pixels, so that a rate that only trembles redraws nothing.
 */
export function rateWidth(bytesPerSecond: number): number {
  if (bytesPerSecond < 20) return 0;
  const width = 1 + 1.5 * Math.log10(1 + bytesPerSecond / 100);
  return Math.min(12, Math.round(width * 2) / 2);
}

const units = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'] as const;

/** "88 kB/s", "1.2 MB/s": three figures at most. */
export function rateText(bytesPerSecond: number): string {
  let value = Math.max(0, bytesPerSecond);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
  return `${text} ${units[unit] ?? ''}`;
}
