import { type Chain, ids, type Snapshot, type Socket } from '@vethscope/model';
import { familyOf } from '../question/familyOf.ts';
import { openingRule } from './openingRule.ts';

type Transport = 'tcp' | 'udp' | 'sctp';

/**
 * One thing that is taken to be otherwise than it was read. `container` is a container's name, null the host.
 * [W1] `lift`: the rule is not there; every other rule keeps its order.
 * [W2] `accept`: the base chain's policy is accept.
 * [W3] `open`: before every rule of the chain stands one that accepts this protocol to this address and port. It ends its own base chain only.
 * [W4] `listen`: a socket is there, beside those that are. "::" takes IPv4 too.
 * [W5] `sysctl`: it has this value; as in the kernel, net.ipv4.ip_forward and net.ipv6.conf.all.forwarding set those of every link.
 */
export type WhatIf =
  | { kind: 'lift'; rule: string }
  | { kind: 'accept'; chain: string }
  | { kind: 'open'; chain: string; protocol: string; address: string; port: number | null }
  | { kind: 'listen'; container: string | null; protocol: Transport; address: string; port: number }
  | { kind: 'sysctl'; container: string | null; name: string; value: string };

/**
 * The Snapshot as it would be; the one given is not changed, and what no change touches is shared with it. `missing`: changes for which there is
 * nothing on this host (a rule that is gone, say): they are left out.
 */
export function applyWhatIf(
  snapshot: Snapshot,
  changes: readonly WhatIf[],
): { snapshot: Snapshot; missing: readonly WhatIf[] } {
  const missing: WhatIf[] = [];
  let now = snapshot;
  for (const change of changes) {
    const next = applied(now, change);
    if (next === null) missing.push(change);
    else now = next;
  }
  return { snapshot: now, missing };
}

function applied(snapshot: Snapshot, change: WhatIf): Snapshot | null {
  const { records } = snapshot;
  switch (change.kind) {
    case 'lift': {
      const chain = records.chain[records.rule[change.rule]?.chain ?? ''];
      if (chain === undefined) return null;
      const { [change.rule]: _, ...rule } = records.rule;
      const without = { ...chain, rules: chain.rules.filter((id) => id !== change.rule) };
      return { ...snapshot, records: { ...records, rule, chain: { ...records.chain, [chain.id]: without } } };
    }
    case 'accept': {
      const chain = records.chain[change.chain];
      if (chain === undefined || chain.hook === null) return null;
      return withChain(snapshot, { ...chain, policy: 'accept' });
    }
    case 'open': {
      const rule = openingRule(snapshot, change);
      const chain = records.chain[change.chain];
      if (rule === null || chain === undefined) return null;
      if (chain.rules.includes(rule.id)) return snapshot;
      const opened = withChain(snapshot, { ...chain, rules: [rule.id, ...chain.rules] });
      return { ...opened, records: { ...opened.records, rule: { ...records.rule, [rule.id]: rule } } };
    }
    case 'listen':
      return listening(snapshot, change);
    case 'sysctl':
      return withSysctl(snapshot, change);
    default: {
      const never: never = change;
      return never;
    }
  }
}

const withChain = (snapshot: Snapshot, chain: Chain): Snapshot => ({
  ...snapshot,
  records: { ...snapshot.records, chain: { ...snapshot.records.chain, [chain.id]: chain } },
});

function sandboxOf({ records }: Snapshot, container: string | null): string | null {
  if (container === null) return records.sandbox[ids.hostSandbox] === undefined ? null : ids.hostSandbox;
  return Object.values(records.container).find(({ name }) => name === container)?.sandbox ?? null;
}

function listening(snapshot: Snapshot, change: Extract<WhatIf, { kind: 'listen' }>): Snapshot | null {
  const sandbox = sandboxOf(snapshot, change.container);
  const family = familyOf(change.address);
  if (sandbox === null || family === null) return null;
  const { protocol, address, port } = change;
  const socket: Socket = {
    type: 'socket',
    id: `socket:${ids.sandboxKey(sandbox)}/what-if/${protocol}/${address}/${port}`,
    sandbox,
    protocol,
    family,
    address,
    port,
    v6only: family === 6 ? false : null,
    boundTo: null,
    inode: 0,
    uid: null,
    processes: null,
  };
  const { records } = snapshot;
  return { ...snapshot, records: { ...records, socket: { ...records.socket, [socket.id]: socket } } };
}

/** What the kernel sets along with a switch for all links. Source: kernel devinet.c inet_forward_change, addrconf.c addrconf_fixup_forwarding. */
function alongWith(name: string, known: readonly string[]): string[] {
  if (name === 'net.ipv4.ip_forward' || name === 'net.ipv4.conf.all.forwarding') {
    return ['net.ipv4.ip_forward', ...known.filter((one) => /^net\.ipv4\.conf\..+\.forwarding$/.test(one))];
  }
  if (name === 'net.ipv6.conf.all.forwarding') {
    return known.filter((one) => /^net\.ipv6\.conf\..+\.forwarding$/.test(one));
  }
  return [];
}

function withSysctl(snapshot: Snapshot, change: Extract<WhatIf, { kind: 'sysctl' }>): Snapshot | null {
  const sandbox = sandboxOf(snapshot, change.container);
  const { records } = snapshot;
  const those = Object.values(records.sysctls).filter((one) => one.sandbox === sandbox);
  const whole = those.find(({ link }) => link === null);
  if (whole === undefined) return null;
  const known = those.flatMap(({ values }) => Object.keys(values));
  const sysctls = { ...records.sysctls };
  for (const name of [change.name, ...alongWith(change.name, known)]) {
    // The switches of a link are in a record of its own.
    const { id } = those.find(({ values }) => Object.hasOwn(values, name)) ?? whole;
    const record = sysctls[id] ?? whole;
    sysctls[id] = { ...record, values: { ...record.values, [name]: change.value } };
  }
  return { ...snapshot, records: { ...records, sysctls } };
}
