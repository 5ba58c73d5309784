import { expect, it } from 'vitest';
import { pathUrl } from './pathUrl.ts';

const now = { from: 'web', to: 'host:80', proto: 'udp', 'source-port': '53' } as const;

it('an end that is not named stays, and so does the port that its sender is bound to', () => {
  expect(pathUrl(now, { to: 'host:81' })).toMatchObject({
    from: 'web',
    to: 'host:81',
    proto: 'udp',
    'source-port': '53',
  });
  expect(pathUrl(now, { from: 'api' })).toMatchObject({ from: 'api', to: 'host:80', 'source-port': null });
});

it('a question that opens the explorer has ends, if only empty ones, and takes nothing to be otherwise', () => {
  const closed = { from: null, to: null, proto: 'tcp', 'source-port': null } as const;
  expect(pathUrl(closed, {})).toMatchObject({ from: '', to: '', lift: [], step: null, path: 'there' });
});
