import { expect, it } from 'vitest';
import { atLeast, isEngineGeneration } from './engines.ts';
import { chosenKinds } from './testEngineKinds.ts';

it('compares generations by their numbers', () => {
  expect(atLeast('28.5', '27')).toBe(true);
  expect(atLeast('20.10', '20.9')).toBe(true);
  expect(atLeast('26.1', '27')).toBe(false);
});

it('knows which it has', () => {
  expect(isEngineGeneration('28.5')).toBe(true);
  expect(isEngineGeneration('toString')).toBe(false);
});

it('chooses by words', () => {
  expect(chosenKinds(['legacy'])).toHaveLength(1);
  expect(chosenKinds(['20.10', 'no proxy'])).toHaveLength(3);
  expect(() => chosenKinds(['17'])).toThrow('No engine of the lab has "17"');
});
