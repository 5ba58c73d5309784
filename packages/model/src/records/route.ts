import { z } from 'zod';
import { Family } from './family.ts';

export const NextHop = z.object({ gateway: z.string().nullable(), link: z.string().nullable(), weight: z.number() });
export type NextHop = z.infer<typeof NextHop>;

/**
 * A route of any table. `destination` is always a prefix ("0.0.0.0/0" for default). `table` is a name ("main", "local") or a number as
 * text. `link` is a Link id; multipath routes have `nextHops` and no link or gateway of their own. `metric` null: not given (0).
 */
export const Route = z.object({
  type: z.literal('route'),
  id: z.string(),
  sandbox: z.string(),
  family: Family,
  table: z.string(),
  kind: z.enum([
    'unicast',
    'local',
    'broadcast',
    'anycast',
    'multicast',
    'blackhole',
    'unreachable',
    'prohibit',
    'throw',
    'nat',
  ]),
  destination: z.string(),
  gateway: z.string().nullable(),
  link: z.string().nullable(),
  nextHops: z.array(NextHop),
  metric: z.number().nullable(),
  protocol: z.string().nullable(),
  scope: z.string().nullable(),
  source: z.string().nullable(),
  mtu: z.number().nullable(),
  /** onlink, linkdown, dead, ... */
  flags: z.array(z.string()),
});
export type Route = z.infer<typeof Route>;
