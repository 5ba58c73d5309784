import { type Libc, openReadOnly } from './libc.ts';
import { AttributeSet } from './netlinkMessage.ts';
import { familyInet, familyInet6 } from './networkName.ts';

/*
 * The kernel settings that decide where a packet goes. Those of single links come with the link dump (IFLA_AF_SPEC), which
 * costs nothing; the rest are small files. /proc/sys/net shows the namespace of the *thread* that looks a name up, so a
 * thread that has entered a namespace reads that one's, through whichever /proc is mounted.
 * Source: linux/ip.h IPV4_DEVCONF_*, linux/ipv6.h DEVCONF_*; kernel net/sysctl_net.c net_ctl_root_lookup();
 * Documentation/networking/ip-sysctl.rst.
 */

/** IFLA_INET_CONF is an array of 32-bit values, the first for IPV4_DEVCONF_FORWARDING = 1. */
const inetSettings: Record<string, number> = {
  forwarding: 0,
  proxy_arp: 2,
  rp_filter: 7,
  arp_announce: 17,
  arp_ignore: 18,
  accept_local: 22,
  src_valid_mark: 23,
  route_localnet: 25,
};
/** IFLA_INET6_CONF likewise, from DEVCONF_FORWARDING = 0. */
const inet6Settings: Record<string, number> = { forwarding: 0, accept_ra: 3, disable_ipv6: 26 };

const attributeFamilies = 26; // IFLA_AF_SPEC
const infoLength = 16; // struct ifinfomsg
const attributeInetConf = 1;
const attributeInet6Conf = 2;

export type Sysctls = Record<string, string>;

const inetEntries = Object.entries(inetSettings);
const inet6Entries = Object.entries(inet6Settings);

/** Adds what a link message says about the settings of its link. A dot in a link's name is a slash in the setting's. */
export function addLinkSysctls(sysctls: Sysctls, name: string, link: { buffer: Buffer; start: number; end: number }) {
  const families = new AttributeSet(link.buffer, link.start + infoLength, link.end).nested(attributeFamilies);
  if (families === undefined) return;
  const spelled = name.replaceAll('.', '/');
  const inet = families.nested(familyInet)?.bytes(attributeInetConf);
  for (const [setting, value] of readValues(inet, inetEntries)) sysctls[`net.ipv4.conf.${spelled}.${setting}`] = value;
  const inet6 = families.nested(familyInet6)?.bytes(attributeInet6Conf);
  for (const [setting, value] of readValues(inet6, inet6Entries))
    sysctls[`net.ipv6.conf.${spelled}.${setting}`] = value;
}

function readValues(values: Buffer | undefined, entries: [string, number][]): [string, string][] {
  if (values === undefined) return [];
  return entries
    .filter(([, index]) => index * 4 + 4 <= values.length)
    .map(([name, index]) => [name, String(values.readInt32LE(index * 4))]);
}

const plainNames = [
  'net.ipv4.ip_forward',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv6.bindv6only',
  'net.bridge.bridge-nf-call-iptables',
  'net.bridge.bridge-nf-call-ip6tables',
  'net.bridge.bridge-nf-call-arptables',
];
const fileNames = [
  ...plainNames,
  ...['all', 'default'].flatMap((set) => [
    ...Object.keys(inetSettings).map((name) => `net.ipv4.conf.${set}.${name}`),
    ...Object.keys(inet6Settings).map((name) => `net.ipv6.conf.${set}.${name}`),
  ]),
];
const files = fileNames.map((name) => ({ name, path: `/proc/sys/${name.replaceAll('.', '/')}` }));
const content = Buffer.allocUnsafeSlow(256);

/**
 * Adds the settings of the whole namespace that the calling thread is in. One that is not there (no br_netfilter, no IPv6)
 * is left out. Returns how many there were: none at all means that /proc/sys/net is hidden.
 */
export function addNamespaceSysctls(libc: Libc, sysctls: Sysctls): number {
  let found = 0;
  for (const { name, path } of files) {
    const fd = libc.open(path, openReadOnly);
    if (fd < 0) continue;
    const length = libc.read(fd, content);
    libc.close(fd);
    if (length < 0) continue;
    sysctls[name] = content.toString('latin1', 0, length).trimEnd();
    found++;
  }
  return found;
}
