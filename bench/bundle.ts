import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figure } from './report.ts';

const dist = fileURLToPath(new URL('../apps/web/dist/', import.meta.url));

/**
 * What the browser loads for the first picture: what index.html names, the words of one language and the page, which the first script asks for by
 * itself, and the chunks that all those import statically. Fonts apart.
 */
export function benchBundle(): Figure[] {
  const files = new Map<string, Buffer>();
  const queue = [...readFileSync(`${dist}index.html`, 'utf8').matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(
    (match) => match[1] ?? '',
  );
  while (queue.length > 0) {
    const name = queue.pop();
    if (!name || files.has(name)) continue;
    const bytes = readFileSync(dist + name);
    files.set(name, bytes);
    if (!name.endsWith('.js')) continue;
    // Static imports of a built chunk stand at its head; dynamic ones are `import(`.
    for (const [, imported] of bytes
      .toString('utf8')
      .matchAll(/(?:^|[;}\s])(?:import|export)[^("';]*?from?\s*["']\.\/([^"']+\.js)["']/g))
      queue.push(`assets/${imported}`);
    for (const [, imported] of bytes
      .toString('utf8')
      .matchAll(/import\(["'`]\.\/((?:en|showPage)-[^"'`]+\.js)["'`]\)/g))
      queue.push(`assets/${imported}`);
  }
  const compressed = [...files.values()].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  const fonts = readdirSync(`${dist}assets`).filter((name) => /latin-wght.*woff2$/.test(name));
  const fontBytes = fonts.reduce((sum, name) => sum + readFileSync(`${dist}assets/${name}`).length, 0);
  return [
    {
      name: 'scripts and styles on first load, compressed',
      value: compressed / 1000,
      unit: 'kB',
      budget: 350,
      note: `${files.size} files`,
    },
    {
      name: 'fonts on first load',
      value: fontBytes / 1000,
      unit: 'kB',
      note: fonts.length === 2 ? 'Inter, JetBrains Mono: Latin' : `${fonts.length} files`,
    },
  ];
}
