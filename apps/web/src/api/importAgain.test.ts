import { expect, it, vi } from 'vitest';
import { importAgain } from './importAgain.ts';

const lost = new TypeError('Failed to fetch dynamically imported module');

it('tries again until the part is there', async () => {
  const load = vi.fn().mockRejectedValueOnce(lost).mockRejectedValueOnce(lost).mockResolvedValue('part');
  expect(await importAgain(load, [0, 0, 0])).toBe('part');
  expect(load).toHaveBeenCalledTimes(3);
});

it('says at last what was wrong', async () => {
  const load = vi.fn().mockRejectedValue(lost);
  await expect(importAgain(load, [0, 0])).rejects.toBe(lost);
  expect(load).toHaveBeenCalledTimes(3);
});
