const format = new Intl.NumberFormat('en');

export const number = (count: number): string => format.format(count);

/** "1 rule", "2 rules". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
