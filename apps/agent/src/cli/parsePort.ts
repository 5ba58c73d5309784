import { InvalidArgumentError } from 'commander';

export function parsePort(text: string): number | 'auto' {
  if (text === 'auto') return 'auto';
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new InvalidArgumentError('A port is a number up to 65535, or "auto".');
  return port;
}
