import type { Hop, Packet, Step } from '@vethscope/model';
import { type Flight, packetOf } from './flight.ts';

type Without<T> = T extends unknown ? Omit<T, 'before' | 'after' | 'touches' | 'sentence'> : never;
export type StepBody = Without<Step>;

/** Writes down the hops and steps of one way. */
export class Trail {
  readonly hops: Hop[] = [];
  private last: { flight: Flight; packet: Packet } | null = null;

  enter(sandbox: string): void {
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
    }: { flight: Flight; before?: Flight; touches: (string | null)[]; sentence: string },
  ): void {
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
