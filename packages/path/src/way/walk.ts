import { ended, type Run } from '../run.ts';
import { receiveIp } from './ipLayer.ts';
import { arriveOn, sendFrame, transmit } from './linkLayer.ts';
import type { Move } from './move.ts';

export type Outcome = Extract<Move, { kind: 'arrived' | 'left' | 'ended' }>;

/** Follows a packet, move by move, to where it ends. More moves than any real way has are a loop. */
export function walk(run: Run, first: Move): Outcome {
  let move = first;
  for (;;) {
    run.patience -= 1;
    if (run.patience < 0) {
      return { kind: 'ended', end: ended('loop', { code: 'loop', sentence: run.say.cause.endless }) };
    }
    switch (move.kind) {
      case 'transmit':
        move = transmit(run, move);
        break;
      case 'frame':
        move = sendFrame(run, move);
        break;
      case 'arrive':
        move = arriveOn(run, move);
        break;
      case 'receive':
        move = receiveIp(run, move);
        break;
      case 'arrived':
      case 'left':
      case 'ended':
        return move;
      default: {
        const never: never = move;
        return never;
      }
    }
  }
}
