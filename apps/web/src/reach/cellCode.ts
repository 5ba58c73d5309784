import { type Disposition, dispositions } from '@vethscope/model';

/** A cell of the matrix is one byte: 0 where it is not known yet, else the place of its disposition in the table, from 1. */
export const codeOf = (disposition: Disposition): number => dispositions.indexOf(disposition) + 1;
export const dispositionOf = (code: number): Disposition | null => dispositions[code - 1] ?? null;

const oldBit = 64;

/** The cells of a row as one value, so that a row is drawn anew only where one of them changed: a character each. */
export const packed = (cells: readonly { code: number; isOld: boolean }[]): string =>
  String.fromCharCode(...cells.map(({ code, isOld }) => code | (isOld ? oldBit : 0)));

export function unpacked(cells: string, at: number): { code: number; isOld: boolean } {
  const bits = cells.charCodeAt(at) || 0;
  return { code: bits & ~oldBit, isOld: (bits & oldBit) !== 0 };
}
