import { kindName } from '../testEngineKinds.ts';
import type { KindResult, PathResult } from './verifyKind.ts';

/** "28.5 nft: 312 of 312 packets agree" */
export function agreementText({ comparison, failure }: PathResult): string {
  if (comparison === null) return `not compared: ${failure}`;
  const { packets, disagreements } = comparison;
  return `${packets - disagreements.length} of ${packets}`;
}

const counted = (results: readonly PathResult[], field: 'packets' | 'rules' | 'translations'): number =>
  results.reduce((sum, { comparison }) => sum + (comparison?.[field] ?? 0), 0);

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** docs/verify-paths.md. The number of rules is not in it: which packets docker-proxy sends again depends on the moment. */
export function pathsDocument(results: readonly KindResult[], kernel: string): string {
  const scenarioNames = [...new Set(results.flatMap(({ scenarios }) => scenarios.map(({ name }) => shortName(name))))];
  const cell = (result: KindResult, name: string) => {
    const found = result.scenarios.find((each) => shortName(each.name) === name);
    return found === undefined ? '–' : agreementText(found);
  };
  const total = results.reduce((sum, { zoo, scenarios }) => sum + counted([zoo, ...scenarios], 'packets'), 0);
  return `# Predictions held against the kernel

Written by \`npm run verify:paths -- --write\`. Every packet was sent for real, on a host with a real Docker Engine. It agrees where all of this is as
vethscope predicts it from a Snapshot that was read before: what the sender saw (answered, closed, refused, timeout, unreachable); every rule of the
host that the kernel's own trace named, in order, with position and verdict; and the translation that conntrack holds.

Kernel ${kernel}. ${total} packets in all. TCP, UDP and ICMP, IPv4 and IPv6; from a neighbour on the LAN, from a machine behind it, from the host and from
containers of every kind of network; to published ports, to the addresses of containers, by name, to ports where nobody listens, and outward.

${row(['', ...results.map(({ kind }) => kindName(kind))])}
${row(['---', ...results.map(() => '---:')])}
${row(['Docker Engine', ...results.map(({ engineVersion }) => engineVersion)])}
${row(['iptables', ...results.map(({ iptablesVersion }) => iptablesVersion)])}
${row(['**The zoo of the lab**', ...results.map(({ zoo }) => `**${agreementText(zoo)}**`)])}
${scenarioNames.map((name) => row([name, ...results.map((result) => cell(result, name))])).join('\n')}

- The trace is \`nft monitor trace\`; for iptables-legacy it is the TRACE target and the kernel's log.
- iptables-legacy's TRACE names no rules of native nftables tables, so those scenarios (–) are not asked there.
- A packet that differs is sent once more, alone: an answer that comes late on a busy machine looks like a drop.
- What \`ping\` was told by an ICMP error counts as a timeout, because it prints both alike.
- A UDP server that is bound to a wildcard answers from the address that the route selects. Whether a program minds that, no Snapshot says, so the lab's
  server on the host is bound to its addresses. docker-proxy before Docker 28 does not mind it (moby/libnetwork#1729).
- Each native chain of the scenarios has a priority of its own: of two with the same one the kernel runs the newer first, which no Snapshot tells.
`;
}

const shortName = (name: string): string => name.slice(name.indexOf('› ') + 2);
