import type { Link } from '@vethscope/model';
import type { Flight } from '../flight.ts';
import type { Namespace } from '../namespace.ts';
import type { End } from '../run.ts';
import type { Said } from '../sentences/sentences.ts';

/** Who a frame is for: a link that is known, somebody outside of what is known. */
export type FrameTarget = { kind: 'link'; link: Link } | { kind: 'outside' };

/**
 * What happens next to a packet. Each layer answers with the next move instead of calling the other, so that the way is a loop that can
 * be counted and stopped.
 */
export type Move =
  | { kind: 'transmit'; namespace: Namespace; link: Link; flight: Flight; towards: string }
  | { kind: 'frame'; namespace: Namespace; link: Link; flight: Flight; target: FrameTarget }
  | { kind: 'arrive'; link: Link; flight: Flight; target: FrameTarget; from: Namespace | null }
  /** Up to the IP layer. `hooked`: netfilter saw the packet on the bridge already. `kept`: the route of a packet over the loopback. */
  | { kind: 'receive'; namespace: Namespace; link: Link; flight: Flight; hooked: boolean }
  | { kind: 'arrived'; namespace: Namespace; link: Link | null; flight: Flight }
  | { kind: 'left'; namespace: Namespace; link: Link; flight: Flight; sentence: Said }
  | { kind: 'ended'; end: End };
