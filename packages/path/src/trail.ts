import type { Hop, Packet, Step } from '@vethscope/model';
import { type Flight, packetOf } from './flight.ts';
import type { Said } from './sentences/sentences.ts';

type Without<T> = T extends unknown ? Omit<T, 'before' | 'after' | 'touches' | 'sentence'> : never;
export type StepBody = Without<Step>;

/** Writes down the hops and steps of one way. */
export class Trail {
  readonly hops: Hop[] = [];
  /** Where the packet was headed at the last step: it is known though the step is not kept. */
  destination = '';
  private last: { flight: Flight; packet: Packet } | null = null;
  private readonly brief: boolean;
  private readonly visited: Set<string> | null;

  /** `brief`: the places are kept, the steps are not. `visited` takes in every place, of this way and of others. */
  constructor(brief: boolean, visited: Set<string> | null) {
    this.brief = brief;
    this.visited = visited;
  }

  enter(sandbox: string): void {
    this.visited?.add(sandbox);
    this.hops.push({ sandbox, steps: [] });
  }

  /** Ids of records that the step is about, and one sentence for a person. `before` where the step changed the packet. */
  add(
    body: StepBody,
    {
      flight,
      before = flight,
      touches,
      sentence,
    }: { flight: Flight; before?: Flight; touches: (string | null)[]; sentence: Said },
  ): void {
    this.destination = flight.destination;
    if (this.brief) return;
    const step = {
      ...body,
      before: this.packet(before),
      after: this.packet(flight),
      touches: [...new Set(touches.filter((id) => id !== null))],
      sentence,
    } as Step;
    this.hops.at(-1)?.steps.push(step);
  }

  private packet(flight: Flight): Packet {
    if (this.last?.flight === flight) return this.last.packet;
    const packet = packetOf(flight);
    this.last = { flight, packet };
    return packet;
  }

  get lastStep(): Step | undefined {
    return this.hops.at(-1)?.steps.at(-1);
  }
}
