import { Option } from 'commander';

/** Options that several commands share, so that they read the same everywhere. */
export const recordingOption = () => new Option('--recording <file>', 'show this recording instead of this host');
export const dockerSocketOption = () =>
  new Option('--docker-socket <path>', 'where the Docker Engine listens (default: as the docker command finds it)');

export interface SharedOptions {
  recording?: string;
  dockerSocket?: string;
}
