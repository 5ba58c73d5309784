import type { Disposition, Leg, SourceName, SourceReport } from '@vethscope/model';
import { type End, ended } from './run.ts';
import type { Say } from './sentences/sentences.ts';
import type { World } from './world.ts';

/** What the engine relies on in a namespace that a packet of a family passes. */
function neededFor(family: 4 | 6): ReadonlySet<SourceName> {
  const always: SourceName[] = ['links', 'addresses', 'routes', 'policyRules', 'sockets', 'nft', 'ipsets'];
  return new Set([
    ...always,
    ...(family === 4 ? (['iptables', 'iptablesLegacy'] as const) : (['ip6tables', 'ip6tablesLegacy'] as const)),
  ]);
}

/** A drop that was found stays one, whatever else was not read. */
function standsAnyway(disposition: Disposition): boolean {
  return (
    disposition === 'dropped' || disposition === 'rejected' || disposition === 'unresolved' || disposition === 'unknown'
  );
}

/**
 * Not knowing is a result: where something that decides could not be read in a namespace on the way, the end is unknown. What is absent (no such
 * tool, nothing of the kind) is no fault.
 */
export function unreadOnTheWay(world: World, { legs, end }: { legs: readonly Leg[]; end: End }, say: Say): End | null {
  if (world.failedSources.size === 0 || standsAnyway(end.disposition)) return null;
  for (const leg of legs) {
    const needed = neededFor(leg.packet.family);
    for (const { sandbox } of [...leg.hops, ...leg.reply]) {
      const report = world.failedSources.get(sandbox)?.find(({ source }) => needed.has(source));
      if (report !== undefined) return unreadEnd(world, report, say);
    }
  }
  return null;
}

function unreadEnd(world: World, { source, sandbox, reason, fix }: SourceReport, say: Say): End {
  const place = world.namespaces.get(sandbox ?? '')?.sandbox.name ?? null;
  const sentence = say.cause.sourceUnread(source, place, reason);
  return ended('unknown', { code: 'unmodelled', sentence, fix });
}
