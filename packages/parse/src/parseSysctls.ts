import { ids, type Sysctls } from '@vethscope/model';
import { type Parsed, WarningList } from './warnings.ts';

const whole = new Set([
  'net.ipv4.ip_forward',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_nonlocal_bind',
  'net.ipv6.bindv6only',
  'net.ipv6.ip_nonlocal_bind',
  'net.bridge.bridge-nf-call-iptables',
  'net.bridge.bridge-nf-call-ip6tables',
  'net.bridge.bridge-nf-call-arptables',
]);
const perLink =
  /^net\.(ipv4\.conf\.(.+)\.(forwarding|rp_filter|route_localnet|accept_local|arp_ignore|proxy_arp|src_valid_mark)|ipv6\.conf\.(.+)\.(forwarding|disable_ipv6|accept_ra))$/;

/** The link that a sysctl is of; null for one of the namespace, of all its links or of those to come. */
function linkOf(name: string): string | null {
  const match = perLink.exec(name);
  const link = match?.[2] ?? match?.[4] ?? null;
  return link === 'all' || link === 'default' ? null : link;
}

/** Whether a sysctl has a say in where a packet goes. Source: the kernel's Documentation/networking/ip-sysctl.rst. */
export function decidesForwarding(name: string): boolean {
  return whole.has(name) || perLink.test(name);
}

/** The sysctls that decide forwarding, of all that were read: a record for the namespace, and one for each link that has some. */
export function parseSysctls(readings: unknown, sandbox: string): Parsed<Sysctls> {
  const warnings = new WarningList('sysctls', sandbox);
  if (typeof readings !== 'object' || readings === null || Array.isArray(readings)) {
    warnings.add('the whole', readings, 'expected names with values');
    return { records: [], warnings: warnings.list };
  }
  const byLink = new Map<string | null, Record<string, string>>();
  for (const [name, value] of Object.entries(readings)) {
    if (!decidesForwarding(name)) continue;
    if (typeof value !== 'string') {
      warnings.add(name, value, 'expected a text');
      continue;
    }
    const link = linkOf(name);
    const values = byLink.get(link) ?? {};
    byLink.set(link, values);
    values[name] = value.trim();
  }
  const records = [...byLink].map(
    ([link, values]): Sysctls => ({ type: 'sysctls', id: ids.sysctls(sandbox, link), sandbox, link, values }),
  );
  return { records, warnings: warnings.list };
}
