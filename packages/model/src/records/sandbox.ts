import { z } from 'zod';

/**
 * A network namespace with what lives in it. `id` is `sandbox:host` for the host's own, else `sandbox:INODE`. `kind`: the
 * host's, one of containers (several share it with `--network container:`), or one that Docker keeps for itself.
 * `name`: a container's name, or the name of Docker's netns file ("ingress_sbox", "lb_…", "1-…"). `containers` are Container ids.
 */
export const Sandbox = z.object({
  type: z.literal('sandbox'),
  id: z.string(),
  netns: z.number().int(),
  kind: z.enum(['host', 'container', 'docker']),
  name: z.string(),
  path: z.string().nullable(),
  pid: z.number().int().nullable(),
  containers: z.array(z.string()),
});
export type Sandbox = z.infer<typeof Sandbox>;

/**
 * The sysctls that decide forwarding in one Sandbox, by their dotted name: those of the whole namespace, of all its links and of new ones (`link`
 * null), or those of one link (`link` is its name, as sysctl spells it: "eth0/7" for eth0.7), which come and go with it.
 */
export const Sysctls = z.object({
  type: z.literal('sysctls'),
  id: z.string(),
  sandbox: z.string(),
  link: z.string().nullable(),
  values: z.record(z.string(), z.string()),
});
export type Sysctls = z.infer<typeof Sysctls>;
