import { z } from 'zod';
import { Transport } from './family.ts';

export const Service = z.object({
  type: z.literal('service'),
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  mode: z.enum(['replicated', 'global', 'replicatedJob', 'globalJob']),
  replicas: z.number().nullable(),
  endpointMode: z.enum(['vip', 'dnsrr']),
  virtualAddresses: z.array(z.object({ network: z.string(), address: z.string() })),
  ports: z.array(
    z.object({
      protocol: Transport,
      targetPort: z.number(),
      publishedPort: z.number().nullable(),
      publishMode: z.enum(['ingress', 'host']),
    }),
  ),
});
export type Service = z.infer<typeof Service>;

export const Task = z.object({
  type: z.literal('task'),
  id: z.string(),
  engineId: z.string(),
  service: z.string().nullable(),
  node: z.string().nullable(),
  slot: z.number().nullable(),
  state: z.string(),
  desiredState: z.string(),
  container: z.string().nullable(),
  addresses: z.array(z.object({ network: z.string(), address: z.string() })),
});
export type Task = z.infer<typeof Task>;

export const SwarmNode = z.object({
  type: z.literal('swarmNode'),
  id: z.string(),
  engineId: z.string(),
  hostname: z.string(),
  role: z.enum(['manager', 'worker']),
  availability: z.string(),
  state: z.string(),
  address: z.string().nullable(),
  leader: z.boolean(),
});
export type SwarmNode = z.infer<typeof SwarmNode>;
