import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first of these paths that is there; else the first. They are relative to the bundle (dist/), then to this source file. */
function first(bundled: string, inSource: string): string {
  const path = fileURLToPath(new URL(bundled, import.meta.url));
  return existsSync(path) ? path : fileURLToPath(new URL(inSource, import.meta.url));
}

/** The built page. */
export const webDirectory = (): string => first('./web', '../../../web/dist');

/** The recording that is shown where no engine answers. */
export const samplePath = (): string =>
  first('./sample.json.gz', '../../../../packages/fixtures/recordings/docker-28.5-iptables-nft.json.gz');

/** Swagger UI's files. */
export function swaggerDirectory(): string {
  const bundled = fileURLToPath(new URL('./swagger', import.meta.url));
  if (existsSync(bundled)) return bundled;
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
