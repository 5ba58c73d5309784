import { Option } from 'commander';
import { defaultPort } from '../server/listen.ts';
import { parsePort } from './parsePort.ts';

/** Options that several commands share, so that they read the same everywhere. */
export const recordingOption = () => new Option('--recording <file>', 'show this recording instead of this host');
export const dockerSocketOption = () =>
  new Option('--docker-socket <path>', 'where the Docker Engine listens (default: as the docker command finds it)');
export const portOption = () =>
  new Option('--port <number>', `port to listen on, or "auto" for the next free one from ${defaultPort}`)
    .argParser(parsePort)
    .default(defaultPort);
export const hostOption = () =>
  new Option('--host <address>', 'address to listen on; beyond loopback a token is asked for').default('127.0.0.1');
export const tokenOption = () =>
  new Option('--token [token]', 'ask for a token on loopback, too; a made-up one where none is given');

export const maskOption = () =>
  new Option('--mask [what]', 'other names and addresses in the place of the real ones').choices([
    'names',
    'addresses',
  ]);

/** What `--mask`, `--mask names` and `--mask addresses` ask for. */
export function maskOf(mask: string | true | undefined): { names: boolean; addresses: boolean } | null {
  return mask === undefined ? null : { names: mask !== 'addresses', addresses: mask !== 'names' };
}

export interface SharedOptions {
  recording?: string;
  dockerSocket?: string;
}
