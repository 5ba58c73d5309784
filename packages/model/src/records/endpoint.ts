import { z } from 'zod';

/**
 * What joins a Sandbox to a Network. `inside` is the Link in the container's namespace, `outside` its veth peer: on the host, or in the
 * overlay's namespace; null for macvlan and ipvlan, where `inside` stands on the network's parent. All null while the container
 * does not run. Addresses have no prefix length here: see the Address of `inside`.
 */
export const Endpoint = z.object({
  type: z.literal('endpoint'),
  id: z.string(),
  engineId: z.string().nullable(),
  container: z.string(),
  network: z.string(),
  sandbox: z.string().nullable(),
  inside: z.string().nullable(),
  outside: z.string().nullable(),
  ipv4: z.string().nullable(),
  ipv4Prefix: z.number().nullable(),
  ipv6: z.string().nullable(),
  ipv6Prefix: z.number().nullable(),
  gateway4: z.string().nullable(),
  gateway6: z.string().nullable(),
  mac: z.string().nullable(),
  aliases: z.array(z.string()),
  dnsNames: z.array(z.string()),
  links: z.array(z.string()),
  gatewayPriority: z.number().nullable(),
});
export type Endpoint = z.infer<typeof Endpoint>;
