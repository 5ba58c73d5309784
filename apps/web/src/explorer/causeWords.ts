import type { Cause } from '@vethscope/model';
import { t } from '../text/text.ts';

/**
 * A cause in the page's language. The engine's sentence has the names and is English: where the page speaks another language it stands below
 * what the cause's code means there.
 */
export function causeWords({ code, sentence }: Pick<Cause, 'code' | 'sentence'>): {
  headline: string;
  detail: string | null;
} {
  const meaning = t.packages.cause(code);
  return meaning === null ? { headline: sentence, detail: null } : { headline: meaning, detail: sentence };
}
