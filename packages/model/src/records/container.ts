import { z } from 'zod';
import { Transport } from './family.ts';

export const ContainerState = z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']);
export type ContainerState = z.infer<typeof ContainerState>;

/**
 * A container in any state. `id` is `container:ENGINE-ID`. `sandbox` is null while it does not run. `networkMode` as given to the engine;
 * `shares` is the Container id behind `container:`. `status` is like the engine's own line ("Up (healthy)"), without its durations. Values of
 * labels whose keys look secret, and such words of the command, are masked before they leave the agent.
 */
export const Container = z.object({
  type: z.literal('container'),
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  image: z.string(),
  command: z.string(),
  state: ContainerState,
  status: z.string(),
  health: z.enum(['starting', 'healthy', 'unhealthy']).nullable(),
  exitCode: z.number().nullable(),
  pid: z.number().int().nullable(),
  sandbox: z.string().nullable(),
  networkMode: z.string(),
  mode: z.enum(['network', 'host', 'none', 'container']),
  shares: z.string().nullable(),
  hostname: z.string(),
  domainname: z.string().nullable(),
  extraHosts: z.array(z.string()),
  dns: z.object({ servers: z.array(z.string()), search: z.array(z.string()), options: z.array(z.string()) }),
  exposedPorts: z.array(z.object({ port: z.number().int(), protocol: Transport })),
  labels: z.record(z.string(), z.string()),
  composeProject: z.string().nullable(),
  composeService: z.string().nullable(),
  createdAt: z.string().nullable(),
  startedAt: z.string().nullable(),
});
export type Container = z.infer<typeof Container>;

/** The files by which a container resolves names. null where they could not be read. */
export const Resolver = z.object({
  type: z.literal('resolver'),
  id: z.string(),
  container: z.string(),
  resolvConf: z.string().nullable(),
  hosts: z.string().nullable(),
});
export type Resolver = z.infer<typeof Resolver>;
