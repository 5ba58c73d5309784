import type { EngineRecords } from './parseEngine.ts';
import type { OwnerContext } from './rules/owner.ts';

/**
 * What the engine is known to have made, for telling its rules from a person's. Undefined bridges and subnets where no engine answered:
 * the usual names are taken then. The same networks give equal contexts: parse a namespace again when this changes.
 */
export function ownerContextOf(engine: EngineRecords): OwnerContext {
  if (engine.facts === null || engine.networks.length === 0) return {};
  const bridges = engine.networks.flatMap(({ network }) => network.bridgeName ?? []);
  const subnets = engine.networks.flatMap(({ network }) => network.subnets.map(({ subnet }) => subnet));
  return { bridges: new Set(bridges), subnets: new Set(subnets) };
}
