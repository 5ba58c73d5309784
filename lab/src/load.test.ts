import { describe, expect, it } from 'vitest';
import { inParallel, planLoad } from './load.ts';

describe('planLoad', () => {
  it('spreads the containers evenly and publishes every fifth', () => {
    const plan = planLoad({ count: 100 });
    expect(plan).toHaveLength(100);
    expect(plan.filter(({ hostPort }) => hostPort !== null)).toHaveLength(20);
    for (const network of new Set(plan.map((each) => each.network))) {
      expect(plan.filter((each) => each.network === network)).toHaveLength(25);
    }
  });

  it('never asks for a port twice', () => {
    const ports = planLoad({ count: 300, publishEvery: 1 }).map(({ hostPort }) => hostPort);
    expect(new Set(ports).size).toBe(300);
  });
});

describe('inParallel', () => {
  it('does each item once, and never more at a time than allowed', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('fails with the first failure', async () => {
    await expect(inParallel([1, 2], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
