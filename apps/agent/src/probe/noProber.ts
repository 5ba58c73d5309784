import { type ProbeAvailability, VethscopeError } from '@vethscope/model';
import type { Prober } from './prober.ts';

/** Where nothing can be sent: a recording, or an agent that was not started for it. */
export function noProber(why: string, fix: string | null): Prober {
  const availability: ProbeAvailability = { allowed: false, why, fix };
  return {
    availability: () => availability,
    probe: async () => {
      throw new VethscopeError('probeNotAllowed', why, { fix });
    },
  };
}
