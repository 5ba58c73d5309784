import type { NftExpression } from '@vethscope/model';

export type NftFields = { [key: string]: NftExpression };

/** An object of nft's JSON that is neither an array nor null. */
export function fieldsOf(value: NftExpression | undefined): NftFields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
