const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "88 kB", "1.2 MB": decimal units, as links are measured in. */
export function bytes(value: number): string {
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = unit === 0 || amount >= 9.95 ? Math.round(amount).toString() : amount.toFixed(1);
  return `${text} ${units[unit]}`;
}

export const rate = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;
