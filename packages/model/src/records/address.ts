import { z } from 'zod';
import { Family } from './family.ts';

/** An address on a Link. `id` is `address:SANDBOX/IFINDEX/ADDRESS/PREFIX`. `peer` for point-to-point links. */
export const Address = z.object({
  type: z.literal('address'),
  id: z.string(),
  sandbox: z.string(),
  link: z.string(),
  family: Family,
  address: z.string(),
  prefix: z.number().int(),
  peer: z.string().nullable(),
  broadcast: z.string().nullable(),
  scope: z.string(),
  /** tentative, deprecated, dynamic, secondary. */
  flags: z.array(z.string()),
});
export type Address = z.infer<typeof Address>;
