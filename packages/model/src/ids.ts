/*
 * Ids are made of what the kernel or the engine calls a thing, so that the same thing has the same id in every reading. SANDBOX in an id is
 * `host` or the inode of the namespace.
 */

const hostSandbox = 'sandbox:host';

export const ids = {
  hostSandbox,
  sandbox: (netns: number) => `sandbox:${netns}`,
  /** The part of a sandbox's id that other ids carry. */
  sandboxKey: (sandboxId: string) => sandboxId.slice('sandbox:'.length),
  sysctls: (sandbox: string, link: string | null) =>
    `sysctls:${ids.sandboxKey(sandbox)}${link === null ? '' : `/${link}`}`,
  link: (sandbox: string, ifindex: number) => `link:${ids.sandboxKey(sandbox)}/${ifindex}`,
  container: (engineId: string) => `container:${engineId}`,
  network: (engineId: string) => `network:${engineId}`,
  /** A container has at most one endpoint on a network. */
  endpoint: (containerEngineId: string, networkEngineId: string) =>
    `endpoint:${containerEngineId.slice(0, 24)}/${networkEngineId.slice(0, 24)}`,
  proxy: (pid: number) => `proxy:${pid}`,
  table: (sandbox: string, backend: string, family: string, name: string) =>
    `table:${ids.sandboxKey(sandbox)}/${backend}/${family}/${name}`,
  chain: (tableId: string, name: string) => `chain:${tableId.slice('table:'.length)}/${name}`,
} as const;
