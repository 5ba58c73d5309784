import { kindName } from '../testEngineKinds.ts';
import { questionText } from './pathQuestion.ts';
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
  const all = results.flatMap(({ zoo, scenarios }) => [zoo, ...scenarios]);
  return `# The kernel as judge

Written by \`npm run verify:paths -- --write\` (as root; \`-- 28.5\` for some engines). It starts real engines with a zoo of networks, sends real packets between LAN, internet, host and
containers, and holds each against what vethscope predicts from a Snapshot that was read before: what the sender saw; every rule of the host that the kernel's own trace named, in order, with
position and verdict; and the translation that conntrack holds. Then it does so again under rule sets that people have beside Docker's.

Kernel ${kernel}. ${counted(all, 'packets')} packets in all. TCP, UDP and ICMP, IPv4 and IPv6; from a neighbour on the LAN, from a machine behind it, from the host and from
containers of every kind of network; to published ports, to the addresses of containers, by name, to ports where nobody listens, and outward.

${row(['', ...results.map(({ kind }) => kindName(kind))])}
${row(['---', ...results.map(() => '---:')])}
${row(['Docker Engine', ...results.map(({ engineVersion }) => engineVersion)])}
${row(['iptables', ...results.map(({ iptablesVersion }) => iptablesVersion)])}
${row(['**The zoo of the lab**', ...results.map(({ zoo }) => `**${agreementText(zoo)}**`)])}
${scenarioNames.map((name) => row([name, ...results.map((result) => cell(result, name))])).join('\n')}
${row(['**All**', ...results.map(({ zoo, scenarios }) => `**${sumText([zoo, ...scenarios])}**`)])}

- The trace is \`nft monitor trace\`; for iptables-legacy it is the TRACE target and the kernel's log, which name no rules of native nftables tables: those rule sets (–) are not asked there.
- A packet that differs is sent again, at most three times and with more patience: an answer that comes late on a busy machine looks like a drop. What differs every time is counted.
- Docker 29.7 is no engine of the lab, which installs engines from Debian's archive: it has none newer than 28.5. It is held by recordings, 306 packets each with the kernel's trace, in every
  \`npm test\`: 306 of 306 agree on each of Docker 28.5, 29.7 with iptables and 29.7 with nftables.

## What counts as the same

Every outcome is exact, to the error that the sender's program gets, but for these:

- A rejected or unreachable \`ping\` counts as a timeout, because busybox prints both alike.
- A TCP connection to a neighbour that does not answer may end in a timeout or in \`EHOSTUNREACH\`: the kernel looks for it for three seconds and then tells all who wait, and an earlier packet may have begun that.
- A TCP connection to a paused container, or without docker-proxy to dockerd's own socket, is accepted and silent, or not accepted: there is room for ten of the one kind and for one of the other,
  which earlier packets may have taken.

Not among them: TCP over IPv6 that is rejected by ICMPv6. The error comes while \`connect\` holds the socket, and the kernel (\`tcp_v6_err\`; it counts \`TcpExtLockDroppedIcmps\`) tells the program only when
the SYN is sent again, after a second; over IPv4 it tells at once. The lab waits for it, and passes over the trace of the second SYN.

## What no Snapshot tells

- Of base chains with the same priority the newest runs first. In one table nft's listing says which that is. Between tables it says which table is newer, and a chain may have come to the
  older one later: where that decides, vethscope says \`unknown\`.
- nft prints a rule of an inet table that ends in \`reject with tcp reset\` without the \`meta nfproto\` before it, and so does its JSON. Where such a rule has no other word of the
  family and it matters, vethscope says \`unknown\`. The rule sets here have an address in it.
- A UDP server that is bound to a wildcard answers from the address that the route selects. Whether a program minds that, no Snapshot says, so the lab's server on the host is bound to its
  addresses. Of docker-proxy it is known: before Docker 28 it did not mind it (moby/libnetwork#1729).

## Where they differ

${differences(all)}
`;
}

const sumText = (results: readonly PathResult[]): string => {
  const differing = results.reduce((sum, { comparison }) => sum + (comparison?.disagreements.length ?? 0), 0);
  const packets = counted(results, 'packets');
  return `${packets - differing} of ${packets}`;
};

/** Every case, in a line of its own. */
function differences(results: readonly PathResult[]): string {
  const lines = results.flatMap(({ name, comparison, failure }) => {
    if (comparison === null) return [`- ${name}: not compared (${failure}).`];
    return comparison.disagreements.map(({ answer, what, seen, predicted }) => {
      const [kernelSaid = ''] = seen;
      const [predictedWas = ''] = predicted;
      return `- ${name}: ${questionText(answer.question)}: ${what.join(', ')}. The kernel: ${kernelSaid}; vethscope: ${predictedWas}.`;
    });
  });
  return lines.length === 0 ? 'Nowhere.' : lines.join('\n');
}

const shortName = (name: string): string => name.slice(name.indexOf('› ') + 2);
