import { z } from 'zod';
import { Family } from './family.ts';

export const Subnet = z.object({
  family: Family,
  subnet: z.string(),
  gateway: z.string().nullable(),
  ipRange: z.string().nullable(),
});
export type Subnet = z.infer<typeof Subnet>;

/**
 * The Docker object. `id` is `network:ENGINE-ID`. `bridge` is the Link id of its bridge device on the host (bridge driver), `parent` that of
 * the parent link (macvlan, ipvlan), `sandbox` that of the namespace Docker keeps for it (overlay). `options` are the driver's.
 */
export const Network = z.object({
  type: z.literal('network'),
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  driver: z.string(),
  scope: z.string(),
  internal: z.boolean(),
  attachable: z.boolean(),
  ingress: z.boolean(),
  enableIPv4: z.boolean(),
  enableIPv6: z.boolean(),
  subnets: z.array(Subnet),
  bridge: z.string().nullable(),
  bridgeName: z.string().nullable(),
  parent: z.string().nullable(),
  parentName: z.string().nullable(),
  sandbox: z.string().nullable(),
  vni: z.number().nullable(),
  options: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  composeProject: z.string().nullable(),
  createdAt: z.string().nullable(),
});
export type Network = z.infer<typeof Network>;
