import type { Trace } from '@vethscope/model';
import { outcomeOf } from '@vethscope/path';

/** The exit status of `vethscope trace`: scripts ask "can it connect?" by it. */
export function exitStatusOf({ disposition }: Trace): 0 | 1 | 2 {
  const outcome = outcomeOf(disposition);
  return outcome === 'success' ? 0 : outcome === 'failure' ? 1 : 2;
}
