import { isIP } from 'node:net';
import { Protocol, type Snapshot, VethscopeError } from '@vethscope/model';
import { nearestName, type ReachSource, type ReachTarget, reachSources, reachTargets } from '@vethscope/path';

/** The words of the command as they were typed; what was left out means everything. */
export interface ReachWords {
  from?: string[] | undefined;
  to?: string[] | undefined;
  proto?: string | undefined;
}

export interface ReachAsked {
  sources: ReachSource[];
  targets: ReachTarget[];
}

const usage = (message: string, where: string, fix: string): VethscopeError =>
  new VethscopeError('usage', message, { where, fix });

/** Words to rows and columns. Throws `usage`, and says which word is wrong and what would be right. */
export function readReach(snapshot: Snapshot, { from, to, proto }: ReachWords): ReachAsked {
  const protocol = proto === undefined ? null : readProtocol(proto);
  const everyone = reachSources(snapshot);
  const everything = reachTargets(snapshot);
  const sources = from === undefined ? everyone : from.flatMap((word) => readSource(snapshot, everyone, word));
  const named = to === undefined ? everything : to.flatMap((word) => readTargets(snapshot, everything, word));
  return { sources: [...new Set(sources)], targets: onceEach(named, protocol) };
}

function onceEach(targets: readonly ReachTarget[], protocol: Protocol | null): ReachTarget[] {
  return [...new Set(targets)].filter((target) => protocol === null || target.protocol === protocol);
}

function readProtocol(word: string): Protocol {
  const where = `--proto ${word}`;
  const found = Protocol.safeParse(word.toLowerCase());
  if (found.data === 'icmp')
    throw usage('icmp has no ports, and this asks for those that listen.', where, 'vethscope trace --proto icmp');
  if (found.success) return found.data;
  const near = nearestName(word, ['tcp', 'udp', 'sctp']);
  throw usage(
    `"${word}" is not a protocol.`,
    where,
    `It is tcp, udp or sctp.${near === null ? '' : ` Did you mean "${near}"?`}`,
  );
}

function readSource(snapshot: Snapshot, everyone: readonly ReachSource[], word: string): ReachSource {
  const where = `--from ${word}`;
  const bare = word.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return outside(bare);
  const name = word.replace(/^container:/, '');
  const found =
    everyone.find((one) => one.label === name && (one.kind === 'container' || name === word)) ??
    everyone.find(({ id }) => id === word);
  if (found !== undefined) return found;
  if (word === 'lan')
    throw usage(
      'The host has no LAN beside it: no subnet of its uplink was read.',
      where,
      'Name an address: --from 192.168.1.20.',
    );
  const stopped = Object.values(snapshot.records.container).find((one) => one.name === name);
  if (stopped !== undefined) {
    const fix = stopped.state === 'paused' ? `docker unpause ${name}` : `docker start ${name}`;
    throw usage(`The container "${name}" does not run (${stopped.state}), so it sends nothing.`, where, fix);
  }
  const names = everyone.map((one) => (one.kind === 'lan' ? 'lan' : one.label));
  throw usage(`"${word}" is no sender.`, where, guess(word, names));
}

/** A machine outside that somebody named. */
function outside(address: string): ReachSource {
  const from = { kind: 'address', address } as const;
  return { id: address, kind: 'lan', label: address, from, from6: null, sandbox: null, network: null, touches: [] };
}

function readTargets(snapshot: Snapshot, everything: readonly ReachTarget[], word: string): ReachTarget[] {
  const where = `--to ${word}`;
  const name = word.replace(/^container:/, '');
  // Who names the host means what is asked of it: its own listeners, and every published port.
  if (word === 'host') return everything.filter(({ sandbox }) => sandbox === 'sandbox:host');
  const found = everything.filter(
    ({ group, label }) => label === name || (group.kind === 'container' && group.label === name),
  );
  if (found.length > 0) return found;
  if (Object.values(snapshot.records.container).some((one) => one.name === name))
    throw usage(
      `Nothing listens in "${name}", and none of its ports is published.`,
      where,
      `vethscope trace --from host --to container:${name}:PORT`,
    );
  const names = [...new Set(everything.flatMap(({ group, label }) => [group.label, label]))];
  throw usage(`Nothing that listens is called "${word}".`, where, guess(word, names));
}

function guess(word: string, names: readonly string[]): string {
  const near = nearestName(word, names);
  if (near !== null) return `Did you mean "${near}"?`;
  return names.length === 0
    ? 'No containers were read: is the Docker Engine running?'
    : `There are: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}.`;
}
