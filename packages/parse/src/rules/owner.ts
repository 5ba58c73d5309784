import type { Backend, Chain, IptablesBody, IptablesMatch, Owner } from '@vethscope/model';
import { dockerWroteIt } from './dockerRules.ts';

/** What Docker is known to have made, so that a rule can be told from one that a person wrote in the same shape. */
export interface OwnerContext {
  /** Bridge devices of Docker's networks. Without them the usual names are taken: docker0, docker_gwbridge, br- and 12 hex digits. */
  bridges?: ReadonlySet<string>;
  /** Subnets of Docker's networks, as iptables prints them. Without them any subnet will do. */
  subnets?: ReadonlySet<string>;
  /** The sandbox is one that Docker keeps for swarm (ingress_sbox, lb_...): all its rules are swarm's. */
  swarmSandbox?: boolean;
}

/** nft tables by name; each program keeps to tables of its own. */
const tableOwners: readonly (readonly [RegExp, Owner])[] = [
  [/^docker-(bridges|dns|overlay)/, 'docker'],
  [/^docker-(ingress|swarm)/, 'swarm'],
  [/^firewalld/, 'firewalld'],
  [/^(kube-proxy|kube-router|cilium|calico|cni_|flannel)/, 'kubernetes'],
  [/^libvirt/, 'libvirt'],
  [/^f2b-/, 'fail2ban'],
];

/** iptables chains by name. The built-in ones are nobody's: their rules are looked at one by one. */
const chainOwners: readonly (readonly [RegExp, Owner])[] = [
  [/^DOCKER-INGRESS$/, 'swarm'],
  [/^DOCKER([-_]|$)/, 'docker'],
  [/^ufw6?-/, 'ufw'],
  [/^LIBVIRT_/, 'libvirt'],
  [/^(KUBE|CNI|FLANNEL|CILIUM|OLD_CILIUM|cali)[-_]/, 'kubernetes'],
  [/^f2b-/, 'fail2ban'],
  [/^fail2ban-/, 'fail2ban'],
  [
    /^(INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)(_IN|_OUT)?_(direct|ZONES|ZONES_SOURCE|POLICIES_pre|POLICIES_post|rule)$/,
    'firewalld',
  ],
  [/^(IN|FWD|FWDI|FWDO|FWDU|PRE|POST)_[A-Za-z0-9-]+(_(log|deny|allow|pre|post))?$/, 'firewalld'],
];

function firstOwner(rules: readonly (readonly [RegExp, Owner])[], name: string): Owner {
  return rules.find(([pattern]) => pattern.test(name))?.[1] ?? 'user';
}

/** An iptables table belongs to everybody; an nft table to the program that its name says. */
export function ownerOfTable({ backend, name }: { backend: Backend; name: string }): Owner {
  return backend === 'nftables' ? firstOwner(tableOwners, name) : 'user';
}

export function ownerOfChain({ table, backend, chain }: { table: string; backend: Backend; chain: string }): Owner {
  const owner = firstOwner(chainOwners, chain);
  return owner === 'user' && backend === 'nftables' ? firstOwner(tableOwners, table) : owner;
}

export interface RuleToOwn {
  table: string;
  chain: Chain;
  body: IptablesBody;
  comment: string | null;
}

/**
 * Who wrote a rule of iptables: the owner of the chain that it stands in, or of the chain that it leads to, or the one whose habit it is.
 * DOCKER-USER is Docker's chain, but what stands in it is the user's, save the RETURN that Docker ended it with before 28.3.
 */
export function ownerOfRule({ table, chain, body, comment }: RuleToOwn, known: OwnerContext = {}): Owner {
  if (known.swarmSandbox === true) return 'swarm';
  if (chain.name === 'DOCKER-USER')
    return body.matches.length === 0 && body.target?.kind === 'return' ? 'docker' : 'user';
  if (chain.owner === 'docker' && leadsTo(body) === 'DOCKER-INGRESS') return 'swarm';
  if (chain.owner !== 'user') return chain.owner;
  const target = leadsTo(body);
  if (target !== null) return firstOwner(chainOwners, target);
  if (dockerWroteIt({ table, chain: chain.name, body }, known)) return 'docker';
  if (swarmWroteIt(body.matches)) return 'swarm';
  if (body.matches.some((match) => match.kind === 'set' && match.name.startsWith('f2b-'))) return 'fail2ban';
  if (comment !== null && /^(kubernetes|cali:)/.test(comment)) return 'kubernetes';
  return body.matches.some(namesLibvirt) ? 'libvirt' : 'user';
}

function leadsTo({ target }: IptablesBody): string | null {
  return target?.kind === 'jump' || target?.kind === 'goto' ? target.chain : null;
}

/** Only swarm balances by IPVS on a Docker host, and looks into VXLAN (port 4789) for the networks that it encrypts. */
function swarmWroteIt(matches: IptablesMatch[]): boolean {
  if (matches.some((match) => match.kind === 'ipvs')) return true;
  const looksInside = matches.some(
    (match) => match.kind === 'stateful' && (match.module === 'u32' || match.module === 'bpf'),
  );
  return looksInside && matches.some((match) => match.kind === 'destinationPort' && match.ports.from === 4789);
}

/** Before its own chains, libvirt wrote into the built-in ones, always naming its bridge. */
function namesLibvirt(match: IptablesMatch): boolean {
  return (match.kind === 'inLink' || match.kind === 'outLink') && /^virbr\d+$/.test(match.name);
}
