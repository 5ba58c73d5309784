import { z } from 'zod';

/*
 * The kernel's readings in a Recording have the JSON shape of iproute2 (`ip -j -d -s link`, `ip -j addr`, ...), because that
 * is the one form of these facts that people can print and compare themselves. The agent reads rtnetlink directly and
 * writes this shape. Only the fields that vethscope uses are named; others may be present and are ignored.
 * Source: iproute2 ip/ipaddress.c, ip/iplink_*.c, ip/iproute.c, ip/iprule.c, ip/ipneigh.c, bridge/fdb.c.
 */

const stats = z.looseObject({
  bytes: z.number(),
  packets: z.number(),
  errors: z.number().optional(),
  dropped: z.number().optional(),
});

/** One element of `ip -j -d -s link show`. `link_index` with `link_netnsid` names a link in another namespace; `link` one in this. */
export const LinkReading = z.looseObject({
  ifindex: z.number().int(),
  ifname: z.string(),
  flags: z.array(z.string()),
  mtu: z.number(),
  operstate: z.string(),
  link_type: z.string().optional(),
  address: z.string().optional(),
  master: z.string().optional(),
  link: z.string().nullable().optional(),
  link_index: z.number().int().optional(),
  link_netnsid: z.number().int().optional(),
  ifalias: z.string().optional(),
  altnames: z.array(z.string()).optional(),
  linkinfo: z
    .looseObject({
      info_kind: z.string().optional(),
      info_data: z.record(z.string(), z.unknown()).optional(),
      info_slave_kind: z.string().optional(),
      info_slave_data: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  stats64: z.looseObject({ rx: stats, tx: stats }).optional(),
});
export type LinkReading = z.infer<typeof LinkReading>;

/** One element of `addr_info` in `ip -j addr show`, with the link it stands on. */
export const AddressReading = z.looseObject({
  ifindex: z.number().int(),
  family: z.enum(['inet', 'inet6']),
  local: z.string(),
  address: z.string().optional(),
  prefixlen: z.number().int(),
  scope: z.string().optional(),
  label: z.string().optional(),
  broadcast: z.string().optional(),
  tentative: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  dynamic: z.boolean().optional(),
  secondary: z.boolean().optional(),
});
export type AddressReading = z.infer<typeof AddressReading>;

/** One element of `ip -j route show table all` (`-4` or `-6`: `family` says which). */
export const RouteReading = z.looseObject({
  family: z.enum(['inet', 'inet6']),
  type: z.string().optional(),
  dst: z.string(),
  from: z.string().optional(),
  gateway: z.string().optional(),
  via: z.looseObject({ family: z.string(), host: z.string() }).optional(),
  dev: z.string().optional(),
  table: z.union([z.string(), z.number()]).optional(),
  protocol: z.union([z.string(), z.number()]).optional(),
  scope: z.union([z.string(), z.number()]).optional(),
  prefsrc: z.string().optional(),
  metric: z.number().optional(),
  flags: z.array(z.string()).optional(),
  metrics: z.array(z.record(z.string(), z.unknown())).optional(),
  nexthops: z
    .array(
      z.looseObject({
        gateway: z.string().optional(),
        dev: z.string().optional(),
        weight: z.number().optional(),
        flags: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
export type RouteReading = z.infer<typeof RouteReading>;

/** One element of `ip -j rule show`. */
export const PolicyRuleReading = z.looseObject({
  family: z.enum(['inet', 'inet6']),
  priority: z.number(),
  not: z.null().optional(),
  src: z.string(),
  srclen: z.number().optional(),
  dst: z.string().optional(),
  dstlen: z.number().optional(),
  fwmark: z.string().optional(),
  fwmask: z.string().optional(),
  iif: z.string().optional(),
  oif: z.string().optional(),
  tos: z.string().optional(),
  ipproto: z.string().optional(),
  sport: z.union([z.number(), z.string()]).optional(),
  dport: z.union([z.number(), z.string()]).optional(),
  uid_start: z.number().optional(),
  uid_end: z.number().optional(),
  table: z.union([z.string(), z.number()]).optional(),
  action: z.string().optional(),
  goto: z.number().optional(),
  suppress_prefixlen: z.number().optional(),
});
export type PolicyRuleReading = z.infer<typeof PolicyRuleReading>;

/** One element of `ip -j neigh show`. */
export const NeighborReading = z.looseObject({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()),
  router: z.null().optional(),
  proxy: z.null().optional(),
});
export type NeighborReading = z.infer<typeof NeighborReading>;

/** One element of `bridge -j fdb show`. */
export const FdbReading = z.looseObject({
  mac: z.string(),
  ifname: z.string(),
  flags: z.array(z.string()),
  master: z.string().optional(),
  state: z.string().optional(),
  vlan: z.number().optional(),
  dst: z.string().optional(),
  port: z.union([z.number(), z.string()]).optional(),
  vni: z.number().optional(),
});
export type FdbReading = z.infer<typeof FdbReading>;

/**
 * One listening (TCP, SCTP) or bound and unconnected (UDP) socket, from sock_diag or /proc/net. `processes` names those that
 * hold it open: null where nobody looked (a recording made without them), empty where none was found (owned in a
 * namespace or by a user that the agent may not see).
 */
export const SocketReading = z.object({
  protocol: z.enum(['tcp', 'udp', 'sctp', 'raw']),
  family: z.enum(['inet', 'inet6']),
  address: z.string(),
  port: z.number().int(),
  inode: z.number(),
  uid: z.number().nullable(),
  v6only: z.boolean().nullable(),
  boundIfindex: z.number().nullable(),
  processes: z.array(z.object({ pid: z.number().int(), name: z.string() })).nullable(),
});
export type SocketReading = z.infer<typeof SocketReading>;
