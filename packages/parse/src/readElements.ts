import type { z } from 'zod';
import type { WarningList } from './warnings.ts';

/** The first thing that is wrong with a value, with its path in it: "link_index: expected number". */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'not understood';
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

/**
 * Goes through the elements of a reading. One that is not of the schema's shape becomes a warning at its index, and the rest stands;
 * so does one that `each` refuses by returning a reason.
 */
export function readElements<T>(
  elements: unknown,
  schema: z.ZodType<T>,
  options: { warnings: WarningList; each: (element: T, index: number) => string | undefined },
): void {
  if (!Array.isArray(elements)) {
    options.warnings.add('the whole', elements, 'expected a list');
    return;
  }
  elements.forEach((element: unknown, index) => {
    const result = schema.safeParse(element);
    const reason = result.success ? options.each(result.data, index) : firstIssue(result.error);
    if (reason !== undefined) options.warnings.add(`[${index}]`, element, reason);
  });
}
