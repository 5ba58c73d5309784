import { expect, it } from 'vitest';
import { fileStem, typedStem } from './fileName.ts';

const readAt = '2026-11-21T12:30:00.000Z';

it.each([
  [{ host: 'devbox', subject: 'networks' }, 'devbox-networks-2026-11-21'],
  [{ host: 'a.example', subject: 'path internet host:8080' }, 'a.example-path-internet-host-8080-2026-11-21'],
  [{ host: '../../etc', subject: 'front/../x' }, 'etc-front-..-x-2026-11-21'],
  [{ host: '호스트', subject: 'net_1' }, '호스트-net_1-2026-11-21'],
])('a file of %j is called %s', (named, stem) => {
  expect(fileStem({ ...named, readAt })).toBe(stem);
});

it('a typed name keeps what files may be called', () => {
  expect(typedStem('../my: <picture>\u0000?')).toBe('my- -picture');
  expect(typedStem('Shop, on Monday')).toBe('Shop, on Monday');
  expect(typedStem(' ../ ')).toBeNull();
});
