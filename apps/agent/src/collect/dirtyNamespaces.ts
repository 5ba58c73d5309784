import type { KernelSource } from '../host/readNamespace.ts';
import type { Dirt, NamespaceKey } from '../watch/dirt.ts';
import type { NamespaceState } from './namespaceParts.ts';
import type { KernelRequest } from './readKernel.ts';

/** Which namespaces a key of dirt stands for. */
function keyed(key: NamespaceKey, states: ReadonlyMap<number, NamespaceState>): NamespaceState[] {
  if (key === 'all') return [...states.values()];
  if (key === 'host') return [...states.values()].filter(({ target }) => target.kind === 'host');
  const state = states.get(key);
  return state ? [state] : [];
}

/** What the kernel is to be asked about namespaces that are known. */
export function kernelRequestsOf(dirt: Dirt, states: ReadonlyMap<number, NamespaceState>): KernelRequest[] {
  const wanted = new Map<NamespaceState, Set<KernelSource>>();
  for (const [key, parts] of dirt.parts) {
    for (const state of keyed(key, states)) {
      const set = wanted.get(state) ?? new Set<KernelSource>();
      for (const part of parts) if (part !== 'rules') set.add(part);
      if (set.size > 0) wanted.set(state, set);
    }
  }
  return [...wanted].map(([state, set]) => ({ state, wanted: [...set] }));
}

/** The namespaces (by inode) whose rules are to be read, of the host or of the rest. */
export function rulesToRead(
  dirt: Dirt,
  states: ReadonlyMap<number, NamespaceState>,
  where: 'host' | 'sandboxes',
): number[] {
  const keys = new Set<number>();
  for (const [key, parts] of dirt.parts) {
    if (!parts.has('rules')) continue;
    for (const { target } of keyed(key, states)) {
      if ((target.kind === 'host') === (where === 'host')) keys.add(target.netns);
    }
  }
  if (where === 'sandboxes') for (const netns of dirt.ruleCounters) if (states.has(netns)) keys.add(netns);
  if (where === 'host' && dirt.everything) for (const { target } of keyed('host', states)) keys.add(target.netns);
  if (where === 'host' && dirt.legacyRules) {
    for (const { target, readings } of keyed('host', states)) {
      if (readings.iptablesLegacy !== undefined || readings.ip6tablesLegacy !== undefined) keys.add(target.netns);
    }
  }
  return [...keys];
}
