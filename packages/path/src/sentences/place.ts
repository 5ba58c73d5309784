import type { Packet, Route, Sandbox } from '@vethscope/model';

/** A network namespace, as much of it as a sentence needs. */
export type Place = Pick<Sandbox, 'kind' | 'name'>;

/** Where a packet ended that was to come home: it left by a link, or was taken somewhere else. */
export type Elsewhere = { kind: 'left'; link: string } | { kind: 'arrived'; at: Place };

type Ends = Pick<Packet, 'source' | 'sourcePort' | 'destination' | 'destinationPort'>;

/** A packet before and after a translation of one of its ends. */
export interface Translated {
  isReply: boolean;
  side: 'source' | 'destination';
  before: Ends;
  after: Ends;
}

/** The route that a packet to `to` goes by, and the source that it gives the packet. */
export interface Routed {
  to: string;
  route: Pick<Route, 'destination' | 'table' | 'gateway' | 'kind'>;
  link: string | null;
  source: string | null;
}

/** A route nearly as `ip route` shows it: the same in every language. */
export const routeText = ({ destination, gateway, kind }: Routed['route'], link: string | null): string =>
  `${kind === 'unicast' ? '' : `${kind} `}${destination}${gateway === null ? '' : ` via ${gateway}`}${link === null ? '' : ` dev ${link}`}`;
