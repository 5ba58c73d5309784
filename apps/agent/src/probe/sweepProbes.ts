import type { NamespaceState } from '../collect/namespaceParts.ts';
import type { ProbingKernel } from '../host/kernel.ts';

/**
 * Removes what a killed agent may have left. Since Linux 5.12 the kernel has done that by itself; before, a probe's table stays until the next start. How many
 * namespaces had one.
 */
export async function sweepProbes(kernel: ProbingKernel, namespaces: readonly NamespaceState[]): Promise<number> {
  const swept = await kernel.sweepProbes(namespaces.map(({ target }) => ({ path: target.opens, netns: target.netns })));
  return typeof swept === 'number' ? swept : 0;
}
