/*
 * koffi takes the whole process down when its thread is terminated in the middle of certain calls: a pending termination is
 * an error that it cannot pass on. So the worker is never terminated, it is asked to end; and where the process itself
 * exits, it first waits here until the worker is between two calls and then keeps it there.
 */

const gateState = { closed: 0, inside: 1 } as const;

/** Both threads make one over the same memory. */
export class WorkerGate {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** In the worker: runs the action, unless the gate has been closed. Actions within actions pass. */
  enter(action: () => void) {
    Atomics.add(this.#cells, gateState.inside, 1);
    try {
      if (!this.isClosed) action();
    } finally {
      Atomics.sub(this.#cells, gateState.inside, 1);
      Atomics.notify(this.#cells, gateState.inside);
    }
  }

  /** In the worker: whether a long action should come to its end. */
  get isClosed(): boolean {
    return Atomics.load(this.#cells, gateState.closed) !== 0;
  }

  /** In the main thread, which blocks until the worker is outside, though no longer than `maxMs`. */
  close(maxMs: number) {
    Atomics.store(this.#cells, gateState.closed, 1);
    const inside = Atomics.load(this.#cells, gateState.inside);
    if (inside !== 0) Atomics.wait(this.#cells, gateState.inside, inside, maxMs);
  }
}
