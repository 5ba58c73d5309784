import { createSerializer } from 'nuqs';
import { expect, it } from 'vitest';
import { urlParsers } from './urlState.ts';

const serialize = createSerializer(urlParsers);

it('a view that was not changed has a bare URL', () => {
  expect(serialize({ lens: 'docker', view: 'map', find: '', hide: '', select: null })).toBe('');
});

it('a view is carried by its URL and read from it again', () => {
  const view = {
    lens: 'linux',
    view: 'tree',
    find: 'net:front -is:stopped',
    hide: 'ip:172.18.0.0/16',
    select: 'link:host/3',
  } as const;
  const query = new URLSearchParams(serialize(view));
  for (const key of ['lens', 'view', 'find', 'hide', 'select'] as const) {
    expect(urlParsers[key].parse(query.get(key) ?? '')).toBe(view[key]);
  }
});

it('a lens that does not exist is the first one', () => {
  expect(urlParsers.lens.parse('kubernetes')).toBeNull();
  expect(urlParsers.lens.defaultValue).toBe('docker');
});
