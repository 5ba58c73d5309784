import { z } from 'zod';
import { Transport } from './family.ts';

/** A docker-proxy process, from its arguments. `sockets` are the Socket ids that it holds, or that its arguments name. */
export const DockerProxy = z.object({
  type: z.literal('proxy'),
  id: z.string(),
  pid: z.number().int(),
  protocol: Transport,
  hostAddress: z.string(),
  hostPort: z.number().int(),
  containerAddress: z.string(),
  containerPort: z.number().int(),
  argv: z.array(z.string()),
  sockets: z.array(z.string()),
});
export type DockerProxy = z.infer<typeof DockerProxy>;
