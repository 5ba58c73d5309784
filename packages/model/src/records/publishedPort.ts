import { z } from 'zod';
import { Transport } from './family.ts';

/**
 * A published port of a container, one per host address and port. `hostAddress` as the engine says it ("0.0.0.0", "::", "127.0.0.1").
 * `endpoint` is the Endpoint whose address the traffic goes to. `rules` are the Rule ids of its DNAT, `proxy` its docker-proxy,
 * `socket` the Socket on the host port, `target` the Socket in the container that would answer; null where there is none. `active` is
 * false for a container that does not run.
 */
export const PublishedPort = z.object({
  type: z.literal('publishedPort'),
  id: z.string(),
  container: z.string(),
  endpoint: z.string().nullable(),
  protocol: Transport,
  hostAddress: z.string(),
  hostPort: z.number().int().nullable(),
  containerPort: z.number().int(),
  active: z.boolean(),
  rules: z.array(z.string()),
  proxy: z.string().nullable(),
  socket: z.string().nullable(),
  target: z.string().nullable(),
});
export type PublishedPort = z.infer<typeof PublishedPort>;
