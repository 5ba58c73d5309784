import { expect, it } from 'vitest';
import { splitReading } from './independentReading.ts';

it('splits the output of the reading script by namespace and command', () => {
  const mark = '\u001e';
  const text = [
    `${mark}namespace own net:[1]\n${mark}ip -j neigh show\n[]\n${mark}ss -H -4 -tulnpe\n`,
    `${mark}namespace 12 net:[2]\n${mark}ip -j neigh show\n[{}]\n`,
    // A namespace that was read already: only its number is said again.
    `${mark}namespace 13 net:[1]\n`,
    `${mark}proxies\n 9 docker-proxy\n`,
  ].join('');
  const { namespaces, proxies } = splitReading(text);
  expect([...namespaces].map(([key, { netns, outputs }]) => [key, netns, [...outputs]])).toEqual([
    [
      'own',
      1,
      [
        ['ip -j neigh show', '[]\n'],
        ['ss -H -4 -tulnpe', ''],
      ],
    ],
    ['12', 2, [['ip -j neigh show', '[{}]\n']]],
    ['13', 1, []],
  ]);
  expect(proxies).toBe(' 9 docker-proxy\n');
});
