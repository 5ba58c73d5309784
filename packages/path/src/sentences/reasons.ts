import type { Place } from './place.ts';
import { where } from './steps.ts';

/** Why something cannot be told, or is as it is: the part of a sentence after its colon. */
export const reasons = {
  // Docker's rules that drop.
  directRouting: 'Docker drops packets that come to a container’s own address by another link than its bridge',
  iccDisabled: 'the network forbids its containers to reach each other (icc=false)',
  notPublished: 'the port is not published, and Docker drops what comes from outside of the network',
  internal: 'the network is internal: nothing passes between it and the outside',
  isolatedNetworks: 'Docker keeps its networks apart',
  ruleDrops: 'the rule drops it',

  // Neighbours.
  parentUnseen: ({ link, at, kind, parent }: { link: string; at: Place; kind: string; parent: string | null }) =>
    `${link} in ${at.name} is a ${kind} on ${parent ?? 'its parent'}, and the two do not see each other’s frames`,
  childUnseen: (at: Place | null, kind: string, link: string) =>
    `it is in ${at?.name ?? 'a namespace'} on a ${kind} of ${link}, and a parent does not see the frames of its own ${kind} links`,
  nobodyHasIt: (link: string, address: string) => `no live link on the segment of ${link} has ${address}`,
  neighborFailed: (address: string, link: string) =>
    `the neighbour table says that ${address} did not answer on ${link}`,

  // What is not in a snapshot, or not modelled.
  tooMuchOpen: 'too much on the way is open',
  ipvsBalances: (name: string) => `${name} balances by IPVS, whose tables are not read`,
  ipvsUnread: 'the tables of IPVS are not read',
  vlansUnread: (bridge: string) => `${bridge} filters VLANs, and the VLANs of its ports are not read`,
  ipvlanMode: (mode: string) => `the ipvlan mode ${mode} routes in the namespace of the parent`,
  linkKind: (kind: string) => `what a link of the kind ${kind} does with it is not modelled`,
  manyReceivers: (destination: string) => `${destination} stands for many receivers`,
  forwardingUnread: (at: Place) => `whether ${where(at)} forwards was not read`,
  samePriority: (one: string, other: string) =>
    `${one} and ${other} have the same priority, and nothing says which of them is newer and so runs first`,
  routingForUsers: (users: string) => `the routing rule is for the users ${users}; whose packet it is was not asked`,
  nextHops: (count: number) => `the route has ${count} next hops; the kernel chooses one by a hash`,

  // Rules.
  ruleNotUnderstood: (part: string) => `a part of the rule was not understood: ${part}`,
  chainUnread: (chain: string) => `the chain ${chain} was not read`,
  endlessJumps: 'the chains jump without end',
  moreThanSnapshot: (what: string) => `${what} depends on more than a snapshot`,
  answersByMore: (module: string) => `what ${module} answers depends on more than a snapshot`,
  doesByMore: (target: string) => `what ${target} does depends on more than a snapshot`,
  packetsBefore: (statement: string) => `${statement} depends on the packets before`,
  addressByHash: (range: string) => `the kernel chooses one of the addresses ${range} by a hash`,
  programDecides: (target: string) => `a program in user space decides (${target})`,
  synproxyAnswers: 'a SYN proxy answers in place of the server',
  rejectFamily: 'nft prints a rule with “reject with tcp reset” without the address family that it may be limited to',
  changedUntracked: (field: string) => `the packet's ${field} is changed without conntrack`,
  macNotAsked: 'the MAC address of the packet was not asked about',
  senderMacNotAsked: 'the MAC address of the sender was not asked about',
  processNotAsked: 'whose process sends was not asked about',
  fieldNotAsked: (field: string) => `${field} of the packet was not asked about`,
  tcpOptionsNotAsked: 'the options of the TCP header are not asked about',
  lengthNotAsked: (atLeast: number) => `the length of the packet was not asked about (at least ${atLeast} bytes)`,
  ttlNotAsked: 'the TTL with which the packet was sent was not asked about',
  echoChecksum: 'of an echo it is the checksum',
  ctStatusUnknown: 'that status of the connection is not known',
  ipsecUnread: 'IPsec policies are not read',
  socketOptionsUnread: 'the marks and options of sockets are not read',
  transparencyUnread: 'whether a socket is transparent is not read',
  routeNotKept: 'the route is not kept',
  ipsetUnread: (set: string) => `the ipset ${set} was not read`,
  mapUnread: (map: string) => `the map ${map} was not read`,

  // Not modelled.
  matchNotModelled: (match: string) => `the match ${match} is not modelled`,
  targetNotModelled: (target: string) => `the target ${target} is not modelled`,
  statementNotModelled: (statement: string) => `the statement ${statement} is not modelled`,
  expressionNotModelled: (expression: string) => `the expression ${expression} is not modelled`,
  operatorNotModelled: (operator: string) => `the operator ${operator} is not modelled`,
  prefixTranslation: (prefix: string) => `the prefix translation to ${prefix} is not modelled`,
  nftNetmap: 'a translation to a prefix (netmap) of nft is not modelled',

  // Not understood.
  prefixNotUnderstood: (prefix: string) => `the prefix ${prefix} is not understood`,
  rangeNotUnderstood: 'the range of addresses is not understood',
  networkNotUnderstood: (network: string) => `the network ${network} is not understood`,
  elementNotUnderstood: (element: string, set: string) =>
    `the element ${element} of the ipset ${set} is not understood`,
  matchNotUnderstood: 'a match that is not understood',
  valueNotUnderstood: (value: string) => `${value} is not understood here`,
  verdictNotUnderstood: (verdict: string) => `the verdict ${verdict} is not understood`,
  portNotUnderstood: 'the port of the translation is not understood',
  addressNotUnderstood: 'the address of the translation is not understood',
  markNotUnderstood: 'the value of the mark is not understood',
  tproxyPortNotUnderstood: 'the port of tproxy is not understood',
  keyNotUnderstood: (key: string) => `the key ${key} is not understood`,
  bitsNotUnderstood: (value: string) => `${value} is not understood as bits`,
  notAPair: 'an element of the map is not a pair',
  noValue: (expression: string) => `${expression} has no value of its own`,
  partNotLiteral: 'a part is not a literal',
  notLiteral: (value: string) => `${value} is not a literal`,
  bitsWithoutOperands: 'a bit operation without two operands',
  bitsOfConcatenation: 'a bit operation on a concatenation',
};
