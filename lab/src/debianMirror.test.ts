import { expect, it } from 'vitest';
import { mirrorsIn } from './debianMirror.ts';

it('finds Debian archives in lines and in paragraphs', () => {
  expect(
    mirrorsIn('# deb http://old/debian x main\ndeb [signed-by=/k.gpg] http://one.example/debian/ bookworm main\n'),
  ).toEqual(['http://one.example/debian']);
  expect(
    mirrorsIn('Types: deb\nURIs: http://two.example/debian https://three.example/debian\nSuites: bookworm\n'),
  ).toEqual(['http://two.example/debian', 'https://three.example/debian']);
});

it('leaves out what has none of the suites', () => {
  expect(
    mirrorsIn('deb http://archive.ubuntu.com/ubuntu noble main\nURIs: http://deb.debian.org/debian-security\n'),
  ).toEqual([]);
  expect(mirrorsIn('deb file:/srv/debian bookworm main\n')).toEqual([]);
});
