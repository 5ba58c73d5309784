import { z } from 'zod';

/** The state of a link as a port of a bridge (IFLA_BRPORT_*). `state` in iproute2's words. */
export const BridgePort = z.object({
  state: z.enum(['disabled', 'listening', 'learning', 'forwarding', 'blocking']),
  hairpin: z.boolean(),
  isolated: z.boolean(),
  learning: z.boolean(),
  flood: z.boolean(),
  priority: z.number().nullable(),
  cost: z.number().nullable(),
});
export type BridgePort = z.infer<typeof BridgePort>;

const base = {
  type: z.literal('link'),
  /** `link:SANDBOX/IFINDEX`, SANDBOX being `host` or the namespace's inode. */
  id: z.string(),
  sandbox: z.string(),
  ifindex: z.number().int(),
  name: z.string(),
  altNames: z.array(z.string()),
  alias: z.string().nullable(),
  mac: z.string().nullable(),
  mtu: z.number(),
  flags: z.array(z.string()),
  /** Administratively up (IFF_UP) and with a carrier (IFF_LOWER_UP). */
  up: z.boolean(),
  carrier: z.boolean(),
  operstate: z.string(),
  /** Link id of the bridge or bond that this link is a port of. */
  master: z.string().nullable(),
  /** Set while `master` is a bridge. */
  port: BridgePort.nullable(),
};

/** The link at the other end (veth) or below (macvlan, vlan, ...): its ifindex, and its id where its namespace could be found. */
const other = {
  ifindex: z.number().int().nullable(),
  netnsid: z.number().int().nullable(),
  link: z.string().nullable(),
};

/** Any kernel interface, a union by `kind`, which is the kernel's own word (IFLA_INFO_KIND) where it is one that we model. */
export const Link = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('loopback') }),
  /** A device with no info kind: a physical or paravirtual card. */
  z.object({ ...base, kind: z.literal('device') }),
  z.object({ ...base, kind: z.literal('veth'), peer: z.object(other) }),
  z.object({
    ...base,
    kind: z.literal('bridge'),
    bridge: z.object({
      bridgeId: z.string().nullable(),
      stp: z.boolean(),
      vlanFiltering: z.boolean(),
      ageingSeconds: z.number().nullable(),
      /** The bridge's own nf_call_* switches; the kernel asks the IP hooks where these or the sysctls say so. */
      nfCallIptables: z.boolean(),
      nfCallIp6tables: z.boolean(),
    }),
  }),
  z.object({ ...base, kind: z.literal('macvlan'), mode: z.string(), parent: z.object(other) }),
  z.object({
    ...base,
    kind: z.literal('ipvlan'),
    mode: z.string(),
    flag: z.string().nullable(),
    parent: z.object(other),
  }),
  z.object({
    ...base,
    kind: z.literal('vxlan'),
    vni: z.number(),
    udpPort: z.number().nullable(),
    local: z.string().nullable(),
    group: z.string().nullable(),
    learning: z.boolean(),
    proxyArp: z.boolean(),
    parent: z.object(other).nullable(),
  }),
  z.object({
    ...base,
    kind: z.literal('vlan'),
    vlanId: z.number(),
    protocol: z.string().nullable(),
    parent: z.object(other),
  }),
  z.object({ ...base, kind: z.literal('bond'), mode: z.string().nullable() }),
  z.object({ ...base, kind: z.literal('dummy') }),
  z.object({ ...base, kind: z.literal('tun'), mode: z.string().nullable() }),
  z.object({ ...base, kind: z.literal('wireguard') }),
  /** A kind that has no special meaning here; `infoKind` is the kernel's word. */
  z.object({ ...base, kind: z.literal('other'), infoKind: z.string() }),
]);
export type Link = z.infer<typeof Link>;
export type LinkKind = Link['kind'];
