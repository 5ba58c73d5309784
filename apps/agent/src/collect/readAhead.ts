import type { Kernel } from '../host/kernel.ts';
import { engineNamespaces } from '../host/namespaces.ts';
import { kernelSources } from '../host/readNamespace.ts';
import type { NamespacePatch, NamespaceState } from './namespaceParts.ts';
import { readKernel } from './readKernel.ts';

/**
 * Reads all namespaces that can be found without the engine: those known already, and those that it keeps as files, which are the sandboxes of
 * its containers. So the kernel is read while the engine still answers, which takes it about as long; whose sandbox each is, is known when
 * it has. By inode; what is not among them is read afterwards.
 */
export async function readAhead(
  kernel: Pick<Kernel, 'readNamespaces'>,
  known: readonly NamespaceState[],
): Promise<Map<number, NamespacePatch>> {
  const candidates = new Map(known.map((state) => [state.target.netns, state]));
  for (const { netns, path } of engineNamespaces({})) {
    if (candidates.has(netns)) continue;
    const target = { netns, kind: 'container', path: null, pid: null, containers: [], opens: path } as const;
    candidates.set(netns, { target: { ...target, containers: [] }, readings: {}, netnsIds: null, reports: [] });
  }
  const states = [...candidates.values()];
  const patches = await readKernel(
    kernel,
    states.map((state) => ({ state, wanted: [...kernelSources] })),
    [],
  );
  const found = new Map<number, NamespacePatch>();
  patches.forEach((patch, index) => {
    const netns = states[index]?.target.netns;
    if (patch && netns !== undefined) found.set(netns, patch);
  });
  return found;
}
