import { z } from 'zod';
import { SourceName } from '../sourceReport.ts';

/** Something in a reading that was not understood: kept verbatim, counted and shown, never dropped. */
export const Warning = z.object({
  type: z.literal('warning'),
  id: z.string(),
  source: SourceName,
  sandbox: z.string().nullable(),
  /** Line, index or path in the reading, as a person would look for it. */
  where: z.string(),
  text: z.string(),
  reason: z.string(),
});
export type Warning = z.infer<typeof Warning>;
