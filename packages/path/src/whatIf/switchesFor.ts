import { type Cause, ids, type Leg, type Snapshot, type Step, type Trace } from '@vethscope/model';
import type { WhatIf } from './applyWhatIf.ts';

/** A cause of a trace with the changes that would lift it, the narrowest first. */
export interface Switches {
  cause: Cause;
  changes: WhatIf[];
}

/** For every blocker of a trace, what may be taken to be otherwise. A cause that no such change can lift has none. */
export function switchesFor(snapshot: Snapshot, trace: Trace): Switches[] {
  return trace.blockers.map((cause, at) => ({
    cause,
    changes: [...byRule(snapshot, trace, cause), ...bySysctl(cause), ...(at === 0 ? byListening(snapshot, trace) : [])],
  }));
}

/** Where the packet was when a chain was asked that holds the rule; else where it was last. */
function packetAt({ legs }: Trace, chain: string): Step['before'] | null {
  const steps = legs.flatMap((leg) => [...leg.hops, ...leg.reply]).flatMap((hop) => hop.steps);
  const asked = steps.findLast((step) => step.kind === 'chain' && step.chain.chain === chain);
  return (asked ?? steps.at(-1))?.before ?? null;
}

function byRule({ records }: Snapshot, trace: Trace, { rule }: Cause): WhatIf[] {
  if (rule === null) return [];
  const chain = records.chain[records.rule[rule]?.chain ?? rule];
  if (chain === undefined) return [];
  const packet = packetAt(trace, chain.id);
  const open: WhatIf[] =
    packet === null
      ? []
      : [
          {
            kind: 'open',
            chain: chain.id,
            protocol: packet.protocol,
            address: packet.destination,
            port: packet.destinationPort,
          },
        ];
  return [...open, records.rule[rule] === undefined ? { kind: 'accept', chain: chain.id } : { kind: 'lift', rule }];
}

function bySysctl({ fix }: Cause): WhatIf[] {
  const [, name, value] = /^sysctl (\S+)=(\S+)$/.exec(fix ?? '') ?? [];
  return name === undefined || value === undefined ? [] : [{ kind: 'sysctl', container: null, name, value }];
}

function byListening({ records }: Snapshot, { cause, legs }: Trace): WhatIf[] {
  const deaf = ['not-listening', 'listens-on-loopback', 'listens-on-address', 'published-on-loopback'];
  const leg: Leg | undefined = legs.at(-1);
  const hop = leg?.hops.at(-1);
  const packet = hop?.steps.at(-1)?.after;
  if (!deaf.includes(cause.code) || hop === undefined || packet === undefined) return [];
  const { protocol, destinationPort: port } = packet;
  if (protocol === 'icmp' || port === null) return [];
  const sandbox = records.sandbox[hop.sandbox];
  const container = sandbox?.containers.flatMap((id) => records.container[id]?.name ?? [])[0] ?? null;
  // A namespace that Docker keeps for itself has no name by which a link could mean it.
  if (container === null && sandbox?.id !== ids.hostSandbox) return [];
  return [{ kind: 'listen', container, protocol, address: packet.family === 4 ? '0.0.0.0' : '::', port }];
}
