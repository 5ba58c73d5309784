import { describe, expect, it } from 'vitest';
import { planStorm, type StormStep } from './storm.ts';

describe('a storm', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planStorm({ seed: 7, steps: 200 })).toEqual(planStorm({ seed: 7, steps: 200 }));
    expect(planStorm({ seed: 7, steps: 200 })).not.toEqual(planStorm({ seed: 8, steps: 200 }));
  });

  it('has every kind of step', () => {
    const kinds = new Set(planStorm({ seed: 1, steps: 200 }).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      [
        'connect',
        'createNetwork',
        'disconnect',
        'kill',
        'pause',
        'remove',
        'removeNetwork',
        'run',
        'start',
        'stop',
        'unpause',
      ].sort(),
    );
  });

  it('does nothing to what is not there, for many seeds', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const containers = new Set<string>();
      const networks = new Set<string>();
      for (const step of planStorm({ seed, steps: 100 })) follow(step, { containers, networks });
    }
  });
});

function follow(step: StormStep, { containers, networks }: { containers: Set<string>; networks: Set<string> }): void {
  if (step.kind === 'createNetwork') {
    expect(networks).not.toContain(step.network);
    networks.add(step.network);
    return;
  }
  if ('network' in step) expect(networks).toContain(step.network);
  if (step.kind === 'removeNetwork') networks.delete(step.network);
  else if (step.kind === 'run') {
    expect(containers).not.toContain(step.container);
    containers.add(step.container);
  } else {
    expect(containers).toContain(step.container);
    if (step.kind === 'remove') containers.delete(step.container);
  }
}
