import type { FindSuggestion } from '@vethscope/graph';

/** The expression with the suggestion in its place, and where the cursor then stands. A blank that is there already is not put twice. */
export function insertSuggestion(
  text: string,
  { text: insert, at, length }: FindSuggestion,
): { text: string; cursor: number } {
  const rest = text.slice(at + length);
  const whole = text.slice(0, at) + (rest.startsWith(' ') ? insert.trimEnd() : insert) + rest;
  return { text: whole, cursor: at + insert.length };
}
