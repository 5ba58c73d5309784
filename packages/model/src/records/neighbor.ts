import { z } from 'zod';
import { Family } from './family.ts';

/** An entry of the neighbour table (ARP, NDP). `state` in the kernel's words: reachable, stale, permanent, failed, ... */
export const Neighbor = z.object({
  type: z.literal('neighbor'),
  id: z.string(),
  sandbox: z.string(),
  link: z.string(),
  family: Family,
  address: z.string(),
  mac: z.string().nullable(),
  state: z.string(),
  /** proxy, router, extern_learn. */
  flags: z.array(z.string()),
});
export type Neighbor = z.infer<typeof Neighbor>;

/** An entry of a forwarding database: of a bridge (`bridge` set) or of a VXLAN link (`remote` set: the VTEP behind the MAC). */
export const FdbEntry = z.object({
  type: z.literal('fdbEntry'),
  id: z.string(),
  sandbox: z.string(),
  link: z.string(),
  bridge: z.string().nullable(),
  mac: z.string(),
  vlan: z.number().nullable(),
  remote: z.string().nullable(),
  permanent: z.boolean(),
});
export type FdbEntry = z.infer<typeof FdbEntry>;
