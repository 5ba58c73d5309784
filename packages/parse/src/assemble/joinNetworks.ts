import { ids, type Network } from '@vethscope/model';
import type { ParsedNetwork } from '../parseNetworks.ts';
import type { Draft } from './draft.ts';

/** Docker names the namespace of an overlay network "1-" (a counter) and the first ten of its id. Source: moby drivers/overlay ov_network.go. */
function overlaySandboxes(draft: Draft): Map<string, string> {
  const found = new Map<string, string>();
  for (const { sandbox } of draft.namespaces) {
    const file = sandbox.kind === 'docker' ? sandbox.path?.split('/').at(-1) : undefined;
    const match = /^[0-9a-f]{1,8}-([0-9a-z]{10})$/.exec(file ?? '');
    if (match?.[1] !== undefined) found.set(match[1], sandbox.id);
  }
  return found;
}

/** The bridge of each network by its name on the host, the parent link likewise, the namespace of an overlay by the name of its file. */
export function joinNetworks(draft: Draft, parsed: readonly ParsedNetwork[]): void {
  const names = draft.linkNames.get(ids.hostSandbox) ?? new Map<string, string>();
  const overlays = overlaySandboxes(draft);
  for (const { network } of parsed) {
    const bridge = network.bridgeName === null ? undefined : names.get(network.bridgeName);
    const joined: Network = {
      ...network,
      bridge: bridge !== undefined && draft.links.get(bridge)?.kind === 'bridge' ? bridge : null,
      parent: network.parentName === null ? null : (names.get(network.parentName) ?? null),
      sandbox: network.driver === 'overlay' ? (overlays.get(network.engineId.slice(0, 10)) ?? null) : null,
    };
    draft.networks.set(joined.id, joined);
  }
}
