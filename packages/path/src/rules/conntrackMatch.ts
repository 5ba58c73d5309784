import type { IptablesMatch } from '@vethscope/model';
import type { Connection, Flight } from '../flight.ts';
import { isInPrefix } from '../ipNumber.ts';
import { protocolNumber } from './nftDomain.ts';
import { type Answer, depends, type RuleContext, unmodelled } from './ruleContext.ts';

type ConntrackMatch = Extract<
  IptablesMatch,
  {
    kind: 'ctState' | 'ctStatus' | 'ctDirection' | 'ctProtocol' | 'ctAddress' | 'ctPort' | 'ctHelper' | 'connmark';
  }
>;

/** Before conntrack has seen it, and without it, a packet is INVALID. Source: kernel xt_conntrack.c, nft_ct.c. */
export function stateOf(flight: Flight): string {
  return flight.ctState ?? 'invalid';
}

function hasState(flight: Flight, wanted: string): boolean {
  switch (wanted.toLowerCase()) {
    case 'snat':
      return flight.connection?.sourceTranslated === true;
    case 'dnat':
      return flight.connection?.destinationTranslated === true;
    default:
      return wanted.toLowerCase() === stateOf(flight);
  }
}

/** A part of the status bits that a first packet or an answer surely has or has not; null where it is not known. NONE is no bit at all. */
function hasStatus(connection: Connection, status: string): boolean | null {
  switch (status.toLowerCase().replaceAll('_', '-')) {
    case 'none':
    case 'expected':
      return false;
    case 'seen-reply':
      return connection.answered;
    case 'confirmed':
      return connection.confirmed;
    case 'snat':
      return connection.sourceTranslated;
    case 'dnat':
      return connection.destinationTranslated;
    case 'dying':
      return false;
    default:
      return null;
  }
}

export type TupleField = 'origSource' | 'origDestination' | 'replySource' | 'replyDestination';

export function ctAddress({ connection }: Flight, field: TupleField): string | null {
  switch (field) {
    case 'origSource':
      return connection?.original.source ?? null;
    case 'origDestination':
      return connection?.original.destination ?? null;
    case 'replySource':
      return connection?.reply.source ?? null;
    case 'replyDestination':
      return connection?.reply.destination ?? null;
    default: {
      const never: never = field;
      return never;
    }
  }
}

export function ctPort({ connection }: Flight, field: TupleField): number | null {
  switch (field) {
    case 'origSource':
      return connection?.original.sourcePort ?? null;
    case 'origDestination':
      return connection?.original.destinationPort ?? null;
    case 'replySource':
      return connection?.reply.sourcePort ?? null;
    case 'replyDestination':
      return connection?.reply.destinationPort ?? null;
    default: {
      const never: never = field;
      return never;
    }
  }
}

/** iptables-save of the nft variant prints the number. */
function isProtocol(wanted: string, { protocol, family }: Flight): boolean {
  return ['all', '0', protocol, String(protocolNumber(protocol, family))].includes(wanted);
}

export function matchConntrack(match: ConntrackMatch, { flight, why }: RuleContext): Answer {
  switch (match.kind) {
    case 'ctState':
      return match.states.some((state) => hasState(flight, state)) !== match.not;
    case 'ctStatus': {
      const { connection } = flight;
      // Without a connection all but the state is a match that fails, turned round or not. Source: kernel xt_conntrack.c conntrack_mt.
      if (connection === null) return false;
      const answers = match.statuses.map((status) => hasStatus(connection, status));
      if (answers.includes(true)) return !match.not;
      return answers.includes(null) ? depends(why.ctStatusUnknown) : match.not;
    }
    case 'ctDirection':
      return flight.connection !== null && flight.direction === match.direction;
    case 'ctProtocol':
      return flight.connection === null ? false : isProtocol(match.protocol.toLowerCase(), flight) !== match.not;
    case 'ctAddress': {
      const address = ctAddress(flight, match.tuple);
      if (address === null) return false;
      const inside = isInPrefix(address, match.prefix);
      return inside === null ? unmodelled(why.prefixNotUnderstood(match.prefix)) : inside !== match.not;
    }
    case 'ctPort': {
      const port = ctPort(flight, match.tuple);
      if (port === null) return false;
      return (port >= match.ports.from && port <= match.ports.to) !== match.not;
    }
    case 'ctHelper':
      return match.not;
    case 'connmark':
      return flight.connection === null
        ? false
        : ((flight.connection.mark & match.mask) >>> 0 === match.value) !== match.not;
    default: {
      const never: never = match;
      return never;
    }
  }
}
