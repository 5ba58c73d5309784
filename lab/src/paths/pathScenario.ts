import type { PathQuestion } from './pathQuestion.ts';

/** A change to a host. The scripts are for `sh -e`; $HOST is the host's address on the LAN, $HOST6 its IPv6 address. */
export interface PathScenario {
  name: string;
  apply: string;
  undo: string;
  /** Native nftables tables, which are not asked of a host that has iptables-legacy: its TRACE does not name their rules. */
  native?: true;
  /** More questions than those that every scenario asks. */
  questions?: (site: { ipv4: string; ipv6: string }) => PathQuestion[];
}
