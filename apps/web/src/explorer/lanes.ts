import { ids, type Leg, type Packet, type Snapshot, type Step, type Trace } from '@vethscope/model';
import { isSilent, packetText, placeOf } from '@vethscope/path';
import { t } from '../text/text.ts';

export type Way = 'there' | 'back';

/** A step in its lane. `at` counts the steps that are played, from 0; `leg`, `hop` and `step` are positions in the Trace. */
export interface LaneStep {
  at: number;
  leg: number;
  hop: number;
  index: number;
  step: Step;
  /** The last of a way that failed. */
  ends: boolean;
}

/** One place, in the order in which the packet comes through. A place outside has no steps: nothing of it was read. */
export interface Lane {
  key: string;
  kind: 'host' | 'container' | 'docker' | 'outside';
  title: string;
  /** The packet as it begins here, where a connection does. */
  begins: string | null;
  /** What is said in a lane without steps. */
  note: string | null;
  steps: LaneStep[];
}

const succeeded = (leg: Leg): boolean => leg.disposition === 'delivered' || leg.disposition === 'leftHost';

/** The lanes of a trace, the way there or the way back. */
export function lanesOf(snapshot: Snapshot, trace: Trace, way: Way): Lane[] {
  const lanes: Lane[] = [];
  let at = 0;
  const legs = [...trace.legs.entries()];
  // The answer takes the connections from the last one to the first.
  for (const [legAt, leg] of way === 'there' ? legs : legs.reverse()) {
    const hops = way === 'there' ? leg.hops : leg.reply;
    const first = hops[0]?.steps[0];
    const begins =
      way === 'back'
        ? null
        : legs.length === 1
          ? packetText(leg.packet)
          : t.explorer.lanes.connection(legAt + 1, packetText(leg.packet));
    const fromOutside = legAt === 0 && way === 'there' && first?.kind === 'receive';
    if (fromOutside) lanes.push(outside(`${way}${legAt}from`, sender(trace, leg.packet), { begins, note: null }));
    for (const [hopAt, hop] of hops.entries()) {
      const sandbox = snapshot.records.sandbox[hop.sandbox];
      const steps = hop.steps.flatMap((step, index): LaneStep[] => {
        if (isSilent(step)) return [];
        const isLast = hopAt === hops.length - 1 && index === hop.steps.length - 1;
        // Where only the answer fails, the way there is whole.
        const fails = !succeeded(leg) && (leg.disposition === 'noReply') === (way === 'back');
        return [{ at: at++, leg: legAt, hop: hopAt, index, step, ends: isLast && fails }];
      });
      if (steps.length === 0) continue;
      lanes.push({
        key: `${way}${legAt}/${hopAt}`,
        kind: sandbox?.kind ?? 'docker',
        title: hop.sandbox === ids.hostSandbox ? snapshot.host.hostname : titleOf(placeOf(snapshot, hop)),
        begins: hopAt === 0 && !fromOutside ? begins : null,
        note: null,
        steps,
      });
    }
    const last = hops.at(-1)?.steps.at(-1);
    if (last?.kind === 'transmit' && succeeded(leg)) {
      const note = way === 'there' ? t.explorer.lanes.left : null;
      lanes.push(outside(`${way}${legAt}to`, last.after.destination, { begins: null, note }));
    }
  }
  return lanes;
}

/** The kind of a place stands beside its name. */
const titleOf = (place: string): string => place.replace(/^(container|Docker’s namespace) /, '');

const sender = ({ question: { from } }: Trace, packet: Packet): string =>
  from.kind === 'internet' ? t.explorer.lanes.outside.internet : packet.source;

const outside = (key: string, title: string, rest: Pick<Lane, 'begins' | 'note'>): Lane => ({
  key,
  kind: 'outside',
  title,
  steps: [],
  ...rest,
});

export interface HeaderChange {
  field: 'source' | 'destination' | 'mark';
  before: string;
  after: string;
}

const end = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** What a step changed in the headers, or in the mark beside them. */
export function headerChanges({ before, after }: Pick<Step, 'before' | 'after'>): HeaderChange[] {
  const all: HeaderChange[] = [
    {
      field: 'source',
      before: end(before.source, before.sourcePort),
      after: end(after.source, after.sourcePort),
    },
    {
      field: 'destination',
      before: end(before.destination, before.destinationPort),
      after: end(after.destination, after.destinationPort),
    },
    { field: 'mark', before: `0x${before.mark.toString(16)}`, after: `0x${after.mark.toString(16)}` },
  ];
  return all.filter((change) => change.before !== change.after);
}
