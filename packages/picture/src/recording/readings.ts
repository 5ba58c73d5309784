import type { NamespaceRecording, Recording } from '@vethscope/model';
import { maskIpsets, maskIptables } from './iptablesTexts.ts';
import { maskNft } from './nftListing.ts';
import type { RecordingWords } from './recordingWords.ts';
import type { RulesetNames } from './rulesetNames.ts';
import { type Field, fields, keep, list, object, text } from './shape.ts';

/** One namespace with the fields of its readings that vethscope reads. */
export function maskNamespace(
  namespace: NamespaceRecording,
  words: RecordingWords,
  names: RulesetNames,
): NamespaceRecording {
  const { readings } = namespace;
  const { iptables, ip6tables, iptablesLegacy, ip6tablesLegacy, nft, ipsets } = readings;
  const shapes = shapesOf(words);
  const lists = Object.entries(shapes).flatMap(([key, shape]) => {
    const reading = readings[key as keyof typeof shapes];
    return reading === undefined ? [] : [[key, shape(reading)]];
  });
  const saved = Object.entries({ iptables, ip6tables, iptablesLegacy, ip6tablesLegacy }).flatMap(([key, reading]) =>
    reading === undefined ? [] : [[key, maskIptables(reading, words, names)]],
  );
  const listed = nft === undefined ? null : maskNft(nft, words, names);
  return {
    ...namespace,
    path: namespace.path === null ? null : path(namespace.path, words),
    containers: namespace.containers.map((id) => words.id(id)),
    readings: {
      ...Object.fromEntries([...lists, ...saved]),
      ...(listed === null ? {} : { nft: listed }),
      ...(ipsets === undefined ? {} : { ipsets: maskIpsets(ipsets, words, names) }),
    },
  };
}

/** Docker calls the file of a namespace by an id of its own, and swarm’s by what they are for; any other name is a person’s. */
function path(file: string, words: RecordingWords): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const isId = /^([0-9a-f]{1,8}-|lb_)?[0-9a-z]{9,64}$/.test(name) && words.id(name) !== name;
  const known = !words.masksNames || isId || /^(ingress_sbox|default)$/.test(name);
  return `${/^\/(var\/)?run\/docker\/netns\//.test(file) ? '/run/docker/netns/' : '/run/netns/'}${known ? words.id(name) : words.said('netns', name)}`;
}

type Lists = 'links' | 'addresses' | 'routes' | 'policyRules' | 'neighbors' | 'fdb' | 'sockets' | 'sysctls';

function shapesOf(words: RecordingWords): Record<Lists, Field> {
  const link = text((value) => words.link(value));
  const address = text((value) => words.plain(value));
  const mac = text((value) => words.mac(value));
  const hop = object({
    ...fields(keep, 'weight', 'flags'),
    gateway: address,
    dev: link,
    via: object({ family: keep, host: address }),
  });
  return {
    links: list(linkShape(words)),
    addresses: list(
      object({
        ...fields(keep, 'ifindex', 'family', 'prefixlen', 'scope', 'tentative', 'deprecated', 'dynamic', 'secondary'),
        ...fields(address, 'local', 'address', 'broadcast'),
      }),
    ),
    routes: list(
      object({
        ...fields(keep, 'family', 'type', 'table', 'protocol', 'scope', 'metric', 'flags'),
        ...fields(address, 'dst', 'from', 'gateway', 'prefsrc'),
        via: object({ family: keep, host: address }),
        dev: link,
        metrics: list(object({ mtu: keep })),
        nexthops: list(hop),
      }),
    ),
    policyRules: list(
      object({
        ...fields(
          keep,
          'family',
          'priority',
          'not',
          'srclen',
          'dstlen',
          'fwmark',
          'fwmask',
          'tos',
          'ipproto',
          'sport',
          'dport',
        ),
        ...fields(
          keep,
          'sport_start',
          'sport_end',
          'dport_start',
          'dport_end',
          'uid_start',
          'uid_end',
          'table',
          'action',
        ),
        ...fields(keep, 'goto', 'suppress_prefixlen'),
        ...fields(address, 'src', 'dst'),
        ...fields(link, 'iif', 'oif'),
      }),
    ),
    neighbors: list(object({ ...fields(keep, 'state', 'router', 'proxy'), dst: address, dev: link, lladdr: mac })),
    fdb: list(
      object({
        ...fields(keep, 'flags', 'state', 'vlan', 'port', 'vni'),
        ...fields(link, 'ifname', 'master'),
        mac,
        dst: address,
      }),
    ),
    sockets: list(
      object({
        ...fields(keep, 'protocol', 'family', 'port', 'inode', 'uid', 'v6only', 'boundIfindex'),
        address,
        processes: list(object({ pid: keep, name: text((value) => words.program(value)) })),
      }),
    ),
    sysctls: sysctls(words),
  };
}

function linkShape(words: RecordingWords): Field {
  const link = text((value) => words.link(value));
  const address = text((value) => words.plain(value));
  const data = object({
    ...fields(
      keep,
      'stp_state',
      'vlan_filtering',
      'ageing_time',
      'nf_call_iptables',
      'nf_call_ip6tables',
      'mode',
      'mode_flag',
    ),
    ...fields(keep, 'flags', 'id', 'port', 'learning', 'proxy', 'protocol', 'type'),
    ...fields(address, 'local', 'local6', 'group', 'group6', 'remote', 'remote6'),
    bridge_id: text((value) => bridgeId(value, words)),
    link,
  });
  const slave = object(fields(keep, 'state', 'hairpin', 'isolated', 'learning', 'flood', 'priority', 'cost'));
  const counted = object(fields(keep, 'bytes', 'packets', 'errors', 'dropped'));
  return object({
    ...fields(keep, 'ifindex', 'flags', 'mtu', 'operstate', 'link_type', 'link_index', 'link_netnsid'),
    ...fields(link, 'ifname', 'master', 'link'),
    address: text((value) => words.mac(value)),
    ifalias: text((value) => (words.masksNames ? '' : words.plain(value))),
    altnames: list(link),
    stats64: object({ rx: counted, tx: counted }),
    linkinfo: object({ ...fields(keep, 'info_kind', 'info_slave_kind'), info_data: data, info_slave_data: slave }),
  });
}

/** "8000.e:5a:54:1d:82:b3": the priority, and a MAC without the noughts in front. */
function bridgeId(id: string, words: RecordingWords): string {
  const [priority = '', mac = ''] = id.split('.');
  const whole = /:/.test(mac) ? mac : mac.replace(/..(?=.)/g, '$&:');
  return `${priority}.${words.mac(
    whole
      .split(':')
      .map((byte) => byte.padStart(2, '0'))
      .join(':'),
  )}`;
}

/** The name of a link stands in the middle of a name. */
function sysctls(words: RecordingWords): Field {
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key.replace(
          /^(net\.ipv[46]\.(?:conf|neigh)\.)(.+)(\.[^.]+)$/,
          (_, start, name, end) => `${start}${words.link(name)}${end}`,
        ),
        typeof each === 'string' ? words.plain(each) : each,
      ]),
    );
  };
}

/** The resolver’s files: servers and options stay what they are, names become others, remarks are left out. */
export function maskFiles(
  files: Recording['containerFiles'][string],
  words: RecordingWords,
): Recording['containerFiles'][string] {
  const line = (read: (line: string) => string) => (text: string | null) =>
    text === null
      ? null
      : text
          .split('\n')
          .map((each) =>
            words.masksNames && /^\s*[#;]/.test(each)
              ? '#'
              : read(words.masksNames ? each.replace(/[#;].*/, '') : each),
          )
          .join('\n');
  const hosts = line((each) =>
    each.replace(
      /^(\s*\S+)(.*)$/,
      (_, address: string, rest: string) =>
        `${words.plain(address)}${rest.replace(/[^\s]+/g, (name) => words.name(name))}`,
    ),
  );
  const resolvConf = line((each) => {
    const [, key = '', rest = ''] = /^\s*(\S+)(.*)$/.exec(each) ?? [];
    if (key !== 'search' && key !== 'domain') return words.plain(each);
    return `${key}${rest.replace(/[^\s]+/g, (name) => (name === '.' ? name : words.name(name)))}`;
  });
  return { hosts: hosts(files.hosts), resolvConf: resolvConf(files.resolvConf) };
}
