import { expect, it } from 'vitest';
import { giveMemoryBack } from './giveMemoryBack.ts';

it('garbage is collected at once, and what is used stays', () => {
  const kept = Array.from({ length: 10 }, (_, at) => `text ${at}`);
  let rubbish: object | null = { big: new Array(1000).fill('x') };
  const seen = new WeakRef(rubbish);
  rubbish = null;
  // A WeakRef keeps its target until the job that made it is over.
  return new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
    giveMemoryBack();
    expect(seen.deref()).toBeUndefined();
    expect(kept.at(-1)).toBe('text 9');
  });
});
