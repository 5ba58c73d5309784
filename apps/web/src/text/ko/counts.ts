const format = new Intl.NumberFormat('ko');

export const number = (count: number): string => format.format(count);

/** "규칙 12개": Korean has no plural, but a word for what is counted. */
export const counted = (what: string, count: number, unit = '개'): string => `${what} ${number(count)}${unit}`;
