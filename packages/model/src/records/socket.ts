import { z } from 'zod';
import { Family } from './family.ts';

/**
 * A socket that receives: TCP or SCTP listening, UDP bound and not connected. `address` "0.0.0.0" or "::" is the wildcard; `v6only`
 * null where the source could not tell. `processes` null where nobody looked, empty where none was found.
 */
export const Socket = z.object({
  type: z.literal('socket'),
  id: z.string(),
  sandbox: z.string(),
  protocol: z.enum(['tcp', 'udp', 'sctp', 'raw']),
  family: Family,
  address: z.string(),
  port: z.number().int(),
  v6only: z.boolean().nullable(),
  /** Link id, where the socket is bound to a device. */
  boundTo: z.string().nullable(),
  inode: z.number(),
  uid: z.number().nullable(),
  processes: z.array(z.object({ pid: z.number().int(), name: z.string() })).nullable(),
});
export type Socket = z.infer<typeof Socket>;
