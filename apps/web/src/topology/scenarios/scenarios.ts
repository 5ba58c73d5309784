import type { Snapshot } from '@vethscope/model';
import { syntheticHost } from './syntheticHost.ts';

/** Pictures by name, for looking at them and for measuring. `agent` is what an agent beside the development server sees, or was given to see. */
export const scenarios: Readonly<Record<string, () => Snapshot | Promise<Snapshot>>> = {
  empty: () => syntheticHost({ containers: 0, networks: 1, secondEvery: 9, publishEvery: 9 }),
  small: () => syntheticHost({ containers: 9, networks: 3, secondEvery: 4, publishEvery: 3 }),
  busy: () => syntheticHost({ containers: 60, networks: 7, secondEvery: 6, publishEvery: 5 }),
  hundreds: () => syntheticHost({ containers: 300, networks: 14, secondEvery: 8, publishEvery: 12 }),
  thousand: () => syntheticHost({ containers: 1000, networks: 24, secondEvery: 3, publishEvery: 25 }),
  agent: async () => {
    const answer = await fetch('/api/snapshot');
    if (!answer.ok) throw new Error(`the agent answered ${answer.status}`);
    return ((await answer.json()) as { snapshot: Snapshot }).snapshot;
  },
};
