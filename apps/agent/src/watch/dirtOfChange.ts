import type { Dirty } from '../host/netlinkMonitor.ts';
import { kernelSources } from '../host/readNamespace.ts';
import { type Dirt, dirtOf, everythingDirty, partsDirty } from './dirt.ts';
import type { Lane } from './schedule.ts';

export interface Mark {
  dirt: Dirt;
  lane: Lane;
}

/** What the kernel's announcement of a change makes dirty, and how soon it is to be read. */
export function dirtOfChange(change: Dirty): Mark {
  if (change.kind === 'overrun') return { dirt: everythingDirty(), lane: 'now' };
  if (change.source === 'namespaces') return { dirt: dirtOf({ namespaces: true }), lane: 'now' };
  const isHost = change.nsid === null;
  // A namespace that nobody knows yet: its container's start is still to come.
  if (!isHost && change.netns === null) return { dirt: dirtOf({ namespaces: true }), lane: 'soon' };
  const key = isHost ? 'host' : (change.netns ?? 'all');
  switch (change.source) {
    case 'neighbors':
    case 'fdb':
      return { dirt: partsDirty(key, [change.source]), lane: 'calm' };
    case 'rules':
      return { dirt: partsDirty(key, ['rules']), lane: isHost ? 'now' : 'soon' };
    case 'links':
      // With a link its settings, addresses, routes, neighbours and forwarding entries come and go.
      return {
        dirt: partsDirty(
          key,
          kernelSources.filter((source) => source !== 'sockets'),
        ),
        lane: 'now',
      };
    case 'addresses':
    case 'routes':
    case 'policyRules':
    case 'sysctls':
      return { dirt: partsDirty(key, [change.source]), lane: 'now' };
  }
}
