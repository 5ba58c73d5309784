import type { CauseCode, Container, Endpoint, Family, Question, QuestionTarget } from '@vethscope/model';
import { Decisions } from './decisions.ts';
import { ipNumber, isInPrefix, isMulticast } from './ipNumber.ts';
import { type NameAnswer, ofFamily, resolveName } from './names.ts';
import type { Namespace } from './namespace.ts';
import { lookUpRoute, sourceFor } from './routing.ts';
import { type End, ended } from './run.ts';
import type { Said, Say } from './sentences/sentences.ts';
import type { Sender } from './wayBack.ts';
import type { World } from './world.ts';

/** A question whose names have become addresses. `resolved`: what a name became, and who said so. */
export interface Resolved {
  sender: Sender;
  /** What the sender binds to; null where the kernel chooses. */
  source: string | null;
  destination: string;
  port: number | null;
  resolved: { name: string; answer: string[]; by: string } | null;
}

const unresolved = (code: CauseCode, sentence: Said, fix: string | null = null): { end: End } => ({
  end: ended('unresolved', { code, sentence, fix }),
});

/** Addresses for documentation (RFC 5737, RFC 3849), which stand for any machine of the internet. */
const internetAddresses: Record<Family, readonly string[]> = {
  4: ['203.0.113.9', '198.51.100.9', '192.0.2.9'],
  6: ['2001:db8:ffff::9', '2001:db8:fffe::9'],
};

function namespaceOfContainer(
  world: World,
  name: string,
  say: Say,
): { namespace: Namespace; container: Container } | { end: End } {
  const container = world.containersByName.get(name);
  if (container === undefined) return unresolved('container-unknown', say.cause.containerUnknown(name));
  const namespace = container.sandbox === null ? undefined : world.namespaces.get(container.sandbox);
  if (namespace === undefined && container.state === 'running') {
    return { end: ended('unknown', { code: 'unmodelled', sentence: say.cause.containerUnread(name) }) };
  }
  if (namespace === undefined) {
    return unresolved(
      'container-not-running',
      say.cause.containerNotRunning(name, container.state),
      `docker start ${name}`,
    );
  }
  return { namespace, container };
}

/** A machine outside comes in by the link that leads back to it; one of the internet by the link of the default route, which `towards` stands for. */
function outsideSender(
  world: World,
  { address, towards = address }: { address: string; towards?: string },
  say: Say,
): { sender: Sender } | { end: End } {
  const { host } = world;
  const number = ipNumber(address);
  if (host === null) return unresolved('no-address', say.cause.hostUnread);
  if (number === null) return unresolved('no-address', say.cause.notAnAddress(address));
  const asked = {
    family: number.family,
    destination: towards,
    source: null,
    mark: 0,
    protocol: 'tcp',
    sourcePort: null,
    destinationPort: null,
    inLink: null,
    outLink: null,
  } as const;
  const route = lookUpRoute(host, asked, new Decisions());
  if (route.kind === 'local') return { sender: { kind: 'process', namespace: host } };
  const owner = world.owners.get(address)?.find(({ scope }) => scope === 'global');
  const namespace = owner === undefined ? undefined : world.namespaces.get(owner.sandbox);
  if (namespace !== undefined) return { sender: { kind: 'process', namespace } };
  const link = route.kind === 'unicast' ? host.links.get(route.link) : undefined;
  if (link === undefined) {
    // No way back says nothing of the way in: it comes by the link of the default route, if there is one.
    return unresolved('no-route', say.cause.noWayIn(address));
  }
  return { sender: { kind: 'outside', link, namespace: host } };
}

function internetAddress(world: World, family: Family): string {
  const { host } = world;
  const candidates = internetAddresses[family];
  const onlyDefault = candidates.find((address) => {
    const number = ipNumber(address);
    const [first] = number === null ? [] : (host?.routeTable(family, 'main')?.matching(number) ?? []);
    return first === undefined || first.destination.endsWith('/0');
  });
  return onlyDefault ?? candidates[0] ?? '203.0.113.9';
}

function addressesOf({ ipv4, ipv6 }: Endpoint): string[] {
  return [ipv4, ipv6].flatMap((address) => (address === null || address === '' ? [] : [address]));
}

/** The addresses of a container, those on the sender's own segments first. */
function containerAddresses(
  world: World,
  { container, sender }: { container: Container; sender: Namespace },
): string[] {
  const owner = container.mode === 'container' ? (container.shares ?? container.id) : container.id;
  const found = (world.endpointsOf.get(owner) ?? []).flatMap(addressesOf);
  const near = (address: string): boolean => {
    for (const list of sender.addresses.values()) {
      for (const own of list) if (isInPrefix(address, `${own.address}/${own.prefix}`) === true) return true;
    }
    return false;
  };
  return [...found.filter(near), ...found.filter((address) => !near(address))];
}

function anyGlobal(namespace: Namespace, family: Family): string[] {
  for (const list of namespace.addresses.values()) {
    for (const one of list) if (one.family === family && one.scope === 'global') return [one.address];
  }
  return [];
}

/** The address by which the host is known: that of the link of its default route. */
function hostAddresses(world: World, sender: Sender): string[] {
  const { host } = world;
  if (host === null) return [];
  if (sender.kind === 'process' && sender.namespace === host) return ['127.0.0.1', '::1'];
  const known = knownAs.get(world) ?? addressesOfHost(world, host);
  knownAs.set(world, known);
  return known;
}

/** It is the same for everyone else, and a matrix asks for it with every published port. */
const knownAs = new WeakMap<World, string[]>();

function addressesOfHost(world: World, host: Namespace): string[] {
  const decisions = new Decisions();
  return ([4, 6] as const).flatMap((family) => {
    const destination = internetAddress(world, family);
    const route = lookUpRoute(
      host,
      {
        family,
        destination,
        source: null,
        mark: 0,
        protocol: 'tcp',
        sourcePort: null,
        destinationPort: null,
        inLink: null,
        outLink: null,
      },
      decisions,
    );
    const own = sourceFor(host, route, destination);
    if (own !== null && own !== '') return [own];
    return anyGlobal(host, family);
  });
}

function targetAddresses(
  world: World,
  { to, sender }: { to: QuestionTarget; sender: Sender },
  say: Say,
): { addresses: string[]; resolved: Resolved['resolved'] } | { end: End } {
  switch (to.kind) {
    case 'address':
      return ipNumber(to.address) === null
        ? unresolved('no-address', say.cause.notAnAddress(to.address))
        : { addresses: [to.address], resolved: null };
    case 'host':
      return { addresses: hostAddresses(world, sender), resolved: null };
    case 'container': {
      const found = namespaceOfContainer(world, to.name, say);
      if ('end' in found) return found;
      const { container, namespace } = found;
      if (sender.kind === 'process' && sender.namespace === namespace)
        return { addresses: ['127.0.0.1', '::1'], resolved: null };
      if (namespace === world.host) return { addresses: hostAddresses(world, sender), resolved: null };
      return { addresses: containerAddresses(world, { container, sender: sender.namespace }), resolved: null };
    }
    case 'name': {
      const answer = resolveName(world.snapshot, sender.namespace, to.name);
      if (answer.kind === 'failed') return { end: unknownName(to.name, answer, say) };
      const { addresses, by } = answer;
      return { addresses, resolved: { name: to.name, answer: addresses, by: say.step.resolvers[by] } };
    }
    default: {
      const never: never = to;
      return never;
    }
  }
}

function unknownName(name: string, answer: Extract<NameAnswer, { kind: 'failed' }>, { cause, fix }: Say): End {
  const { code } = answer;
  switch (code) {
    case 'default-bridge-no-dns': {
      const sentence = cause.namesOnDefaultBridge(name, answer.asking);
      return ended('unresolved', { code, sentence, fix: fix.ownNetwork });
    }
    case 'name-unknown': {
      const sentence = cause.sharesNoNetwork(name, answer.asking);
      return ended('unresolved', { code, sentence, fix: `docker network connect NETWORK ${name}` });
    }
    case 'name-outside':
      return ended('unknown', { code, sentence: cause.nameOutside(name), fix: fix.askTheAddress });
    default: {
      const never: never = code;
      return never;
    }
  }
}

function senderOf(
  world: World,
  question: Question,
  say: Say,
): { sender: Sender; source: string | null } | { end: End } {
  const { from, source } = question;
  switch (from.kind) {
    case 'host':
      return world.host === null
        ? unresolved('no-address', say.cause.hostUnread)
        : { sender: { kind: 'process', namespace: world.host }, source };
    case 'container': {
      const found = namespaceOfContainer(world, from.name, say);
      return 'end' in found ? found : { sender: { kind: 'process', namespace: found.namespace }, source };
    }
    case 'internet':
    case 'address': {
      const isSix = question.family === 6 || (question.to.kind === 'address' && question.to.address.includes(':'));
      const any = internetAddress(world, isSix ? 6 : 4);
      const address = source ?? (from.kind === 'address' ? from.address : any);
      const found = outsideSender(world, { address, towards: from.kind === 'address' ? address : any }, say);
      return 'end' in found ? found : { sender: found.sender, source: address };
    }
    default: {
      const never: never = from;
      return never;
    }
  }
}

/** A process that sends to the address "any" reaches its own namespace. Source: kernel route.c ip_route_output_key_hash_rcu. */
function ownIfAny(address: string | undefined): string | undefined {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

/** Turns a question into a first packet, or into the reason why there is none. */
export function resolveQuestion(world: World, question: Question, say: Say): Resolved | { end: End } {
  const from = senderOf(world, question, say);
  if ('end' in from) return from;
  const { sender, source } = from;
  const target = targetAddresses(world, { to: question.to, sender }, say);
  if ('end' in target) return target;
  const family = question.family ?? (source === null ? null : (ipNumber(source)?.family ?? null));
  const [wanted] = ofFamily(target.addresses, family);
  const destination = sender.kind === 'process' ? ownIfAny(wanted) : wanted;
  const { port } = question.to;
  if (destination === undefined) {
    const what = question.to.kind === 'container' || question.to.kind === 'name' ? question.to.name : null;
    return unresolved('no-address', say.cause.noAddress(what, family));
  }
  if (source !== null && ipNumber(source)?.family !== ipNumber(destination)?.family) {
    return unresolved('no-address', say.cause.twoFamilies(source, destination));
  }
  if (isMulticast(destination) || destination === '255.255.255.255') {
    return { end: ended('unknown', { code: 'unmodelled', sentence: say.cause.toManyReceivers(destination) }) };
  }
  if (port === null && question.protocol !== 'icmp')
    return unresolved('no-address', say.cause.needsPort(question.protocol));
  return { sender, source, destination, port: question.protocol === 'icmp' ? null : port, resolved: target.resolved };
}
