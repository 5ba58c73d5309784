import { InvalidArgumentError } from 'commander';

/** A whole number of megabytes, from 1. */
export function parseMegabytes(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('A number of megabytes, from 1.');
}
