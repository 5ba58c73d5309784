import { expect, it } from 'vitest';
import { pillState } from './pillState.ts';

const now = 1_000_000;
const origin = (kind: 'live' | 'recording' | 'sample') => ({ kind, name: 'devbox', why: null, fix: null });
const open = { phase: 'open', since: now } as const;
const lost = (lostAt: number) =>
  ({ phase: 'lost', since: now, lostAt, retryAt: now, attempt: 1, error: null }) as const;

it('is live only while the line is open and the origin is live', () => {
  expect(pillState(open, origin('live'), now).word).toBe('live');
  expect(pillState(open, origin('sample'), now).word).toBe('sample');
  expect(pillState(open, origin('recording'), now).word).toBe('recorded');
  expect(pillState(open, null, now).word).toBe('connecting');
});

it('is stale ten seconds after the last sign of life', () => {
  expect(pillState(lost(now - 9000), origin('live'), now).word).toBe('reconnecting');
  expect(pillState(lost(now - 11_000), origin('live'), now).word).toBe('stale');
});

it('does not call a recording stale', () => {
  expect(pillState(lost(now - 60_000), origin('recording'), now).word).toBe('reconnecting');
});

it('says so when the agent refuses', () => {
  const error = { code: 'tokenRequired', message: '', where: null, fix: null } as const;
  expect(pillState({ phase: 'refused', since: now, error }, origin('live'), now).word).toBe('refused');
});
