import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { mayNameUs } from './allowedHost.ts';

it.each([
  undefined,
  '',
  ':7373',
  'a b',
  'localhost@evil.example',
  'localhost/evil',
  '127.1',
  '0x7f.1',
  'localhost:port',
])('an agent on loopback is not %s', (header) => {
  expect(mayNameUs(header, '127.0.0.1')).toBe(false);
});

it.each(['LOCALHOST', 'localhost.', '127.8.8.8:1', '[::1]'])('an agent on loopback is %s', (header) => {
  expect(mayNameUs(header, '127.0.0.1')).toBe(true);
});

it('answers beyond loopback to addresses and to its own name, and to no other', () => {
  expect(mayNameUs('192.168.0.7:7373', '0.0.0.0')).toBe(true);
  expect(mayNameUs('[fd00::7]', '::')).toBe(true);
  expect(mayNameUs(hostname(), '0.0.0.0')).toBe(true);
  expect(mayNameUs('rebound.example', '0.0.0.0')).toBe(false);
});
