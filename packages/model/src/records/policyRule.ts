import { z } from 'zod';
import { Family } from './family.ts';

/** A rule of the routing policy database (`ip rule`). `from` and `to` are prefixes, null for all; marks are numbers. */
export const PolicyRule = z.object({
  type: z.literal('policyRule'),
  id: z.string(),
  sandbox: z.string(),
  family: Family,
  priority: z.number(),
  not: z.boolean(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  mark: z.number().nullable(),
  markMask: z.number().nullable(),
  iif: z.string().nullable(),
  oif: z.string().nullable(),
  protocol: z.string().nullable(),
  sourcePorts: z.string().nullable(),
  destinationPorts: z.string().nullable(),
  uids: z.string().nullable(),
  tos: z.string().nullable(),
  action: z.enum(['lookup', 'goto', 'blackhole', 'unreachable', 'prohibit', 'nop']),
  table: z.string().nullable(),
  gotoPriority: z.number().nullable(),
  suppressPrefixLength: z.number().nullable(),
});
export type PolicyRule = z.infer<typeof PolicyRule>;
