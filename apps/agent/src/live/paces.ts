/** How often what is looked at that nobody announces, in milliseconds. */
export interface Intervals {
  fresh: number;
  safety: number | null;
  sockets: number;
  counters: number;
  hostRules: number;
  resting: number;
  swarm: number;
  rest: number;
}

export const intervals: Intervals = {
  /** A Snapshot younger than this is fresh enough for one who asks once. */
  fresh: 1_000,
  /** Everything, to be on the safe side; null never. It finds nothing where the announcements are complete. */
  safety: 60_000,
  /** The kernel announces no socket that begins to listen. */
  sockets: 4_000,
  counters: 1_000,
  /** Counters of the host's rules and of some sandboxes' (see `countedAtATime`), and rules of iptables-legacy, which are not announced. */
  hostRules: 5_000,
  /** The engine announces no connection of a container that does not run. At most `restingAtATime` are asked for. */
  resting: 8_000,
  /** Tasks and nodes elsewhere in the swarm. */
  swarm: 5_000,
  /** After the last one left, or asked: who reloads the page is back by then. */
  rest: 5_000,
};

export const restingAtATime = 25;

/** Each is a process of some milliseconds: five of them in five seconds are less than half a percent of a core, and a hundred sandboxes have their turn. */
export const countedAtATime = 5;

/** A container that just started opens its sockets a little later. */
export const socketsAfterStart: readonly number[] = [250, 1_000, 3_000];

/**
 * Calls `action` again and again until the result is called: after `intervalMs`, or later where it takes long, so that it never takes
 * more than `share` of the time.
 */
export function repeat(
  clock: { now(): number; after(ms: number, action: () => void): () => void },
  { intervalMs, share }: { intervalMs: number; share: number },
  action: () => Promise<void> | void,
): () => void {
  let stopped = false;
  let cancel = () => {};
  const arm = (tookMs: number) => {
    if (!stopped) cancel = clock.after(Math.max(intervalMs, tookMs / share), () => void run());
  };
  async function run(): Promise<void> {
    const started = clock.now();
    try {
      await action();
    } finally {
      arm(clock.now() - started);
    }
  }
  arm(0);
  return () => {
    stopped = true;
    cancel();
  };
}
