import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from './runCommand.ts';

export interface DebianMirror {
  url: string;
  keyring: string | null;
  /** For debootstrap's downloads: a proxy, where apt has one. */
  env: NodeJS.ProcessEnv;
  /** The script that debootstrap needs named for a suite that is newer than debootstrap. */
  script(suite: string): string[];
}

const defaultMirror = 'http://deb.debian.org/debian';
const keyrings = ['/usr/share/keyrings/debian-archive-keyring.gpg', '/usr/share/keyrings/debian-archive-keyring.pgp'];
const scripts = '/usr/share/debootstrap/scripts';

/** The Debian mirror by this machine's own apt configuration: what the machine may reach is what its administrator wrote there. */
export async function debianMirror(): Promise<DebianMirror> {
  const texts = await Promise.all((await sourceFiles()).map((path) => readFile(path, 'utf8').catch(() => '')));
  const urls = texts.flatMap(mirrorsIn);
  const [keyring = null] = await present(keyrings);
  const known = new Set(await readdir(scripts).catch(() => []));
  return {
    // deb.debian.org itself where the machine is not a Debian (Ubuntu's mirrors do not have Debian's suites).
    url: urls.find((url) => !/security|snapshot|backports/.test(url)) ?? defaultMirror,
    keyring,
    env: await aptProxy(),
    script: (suite) => (known.has(suite) ? [] : [join(scripts, 'sid')]),
  };
}

/** The URLs of Debian archives in a sources.list (one line each) or in a file of deb822 paragraphs. */
export function mirrorsIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const urls = lines.flatMap((line) => {
    const oneLine = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1];
    const paragraph = /^URIs:\s*(.+)$/i.exec(line)?.[1];
    return oneLine !== undefined ? [oneLine] : (paragraph?.split(/\s+/) ?? []);
  });
  return urls
    .filter((url) => /^https?:\/\//.test(url) && /\/debian\/?$/.test(url))
    .map((url) => url.replace(/\/$/, ''));
}

async function sourceFiles(): Promise<string[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  return [
    '/etc/apt/sources.list',
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(folder, name)),
  ];
}

async function aptProxy(): Promise<NodeJS.ProcessEnv> {
  const result = await tryCommand(['apt-config', 'shell', 'PROXY', 'Acquire::http::Proxy']).catch(() => null);
  const proxy = /PROXY='([^']+)'/.exec(result?.stdout ?? '')?.[1];
  return proxy === undefined || proxy === 'DIRECT' ? {} : { http_proxy: proxy };
}

async function present(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}
