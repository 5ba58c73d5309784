import { type Container, ids } from '@vethscope/model';
import type { ParsedContainer } from '../parseContainers.ts';
import type { Draft } from './draft.ts';

function runs({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

/** The container behind "container:REF": by id, by the beginning of an id, or by name; null where there is none or more than one. */
function sharedContainer(
  container: Container,
  containers: readonly Container[],
  byId: ReadonlyMap<string, Container>,
): Container | null {
  if (container.shares === null) return null;
  const exact = byId.get(container.shares);
  if (exact) return exact;
  const reference = container.networkMode.slice('container:'.length);
  if (reference === '') return null;
  const found = containers.filter(({ name, engineId }) => name === reference || engineId.startsWith(reference));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/**
 * Which Sandbox each container lives in: the namespace whose recording lists it, or that of its process; with `container:` the one of
 * the container that it joined, with `host` the host's. And the other way round: names and containers of each Sandbox.
 */
export function joinContainers(draft: Draft, parsed: readonly ParsedContainer[]): void {
  const containers = parsed.map(({ container }) => container);
  const byId = new Map(containers.map((container) => [container.id, container]));
  const listed = new Map<string, string>();
  const byPid = new Map<number, string>();
  for (const { sandbox, containerEngineIds } of draft.namespaces) {
    for (const engineId of containerEngineIds) listed.set(ids.container(engineId), sandbox.id);
    if (sandbox.pid !== null && sandbox.kind === 'container') byPid.set(sandbox.pid, sandbox.id);
  }
  const sandboxOf = (container: Container, depth = 0): string | null => {
    if (!runs(container)) return null;
    const direct = listed.get(container.id) ?? (container.pid === null ? undefined : byPid.get(container.pid));
    if (direct !== undefined) return direct;
    if (container.mode === 'host') return draft.sandboxes.has(ids.hostSandbox) ? ids.hostSandbox : null;
    const shared = depth < 8 ? sharedContainer(container, containers, byId) : null;
    return shared ? sandboxOf(shared, depth + 1) : null;
  };
  const inhabitants = new Map<string, Container[]>();
  for (const container of containers) {
    const sandbox = sandboxOf(container);
    const shares = sharedContainer(container, containers, byId)?.id ?? null;
    const joined = sandbox === null && shares === container.shares ? container : { ...container, sandbox, shares };
    draft.containers.set(joined.id, joined);
    if (sandbox === null) continue;
    const list = inhabitants.get(sandbox);
    if (list) list.push(joined);
    else inhabitants.set(sandbox, [joined]);
  }
  for (const [sandboxId, list] of inhabitants) {
    const sandbox = draft.sandboxes.get(sandboxId);
    if (!sandbox) continue;
    // The one that the namespace was made for first, those that joined it after, by name.
    const sorted = [...list].sort(
      (a, b) => Number(a.mode === 'container') - Number(b.mode === 'container') || (a.name < b.name ? -1 : 1),
    );
    draft.sandboxes.set(sandboxId, {
      ...sandbox,
      name: sandbox.kind === 'container' ? (sorted[0]?.name ?? sandbox.name) : sandbox.name,
      containers: sorted.map(({ id }) => id),
    });
  }
}
