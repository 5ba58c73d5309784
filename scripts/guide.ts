/*
 * The guide in docs/guide is made by the product: every picture and every output in it stands under a comment with the command that made it.
 *   <!-- vethscope export --recording two-networks -o two-networks -->   under it, a picture; it is made in light and in dark
 *   <!-- vethscope trace --recording two-networks … -->                  under it, a fenced block with what the command prints
 * `npm run docs:guide` makes them all again; `npm run docs:check` fails where one is not what the command gives now.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const guide = join(root, 'docs/guide');
const pictures = join(guide, 'pictures');
const command = join(root, 'apps/agent/dist/vethscope.js');
const checking = process.argv.includes('--check');
const themes = ['light', 'dark'] as const;

const stale: string[] = [];
const wanted = new Set<string>();
const made = new Map<string, string>();

/** What the command prints; a trace's exit status tells of its answer, not of a fault. */
function vethscope(words: readonly string[]): string {
  const key = words.join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  const result = spawnSync(process.execPath, [command, ...words], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === null || result.status > 2) throw new Error(`vethscope ${key}\n${result.stderr}`);
  made.set(key, result.stdout);
  return result.stdout;
}

/** The words of a command, as a shell takes them apart; a recording goes by its name alone. */
function wordsOf(text: string): string[] {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  return words.map((word, index) =>
    words[index - 1] === '--recording' ? join(guide, 'recordings', `${word}.json.gz`) : word,
  );
}

function put(path: string, content: string): void {
  wanted.add(path);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  stale.push(relative(root, path));
  if (checking) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Makes the pictures that a page shows, and gives the page with its outputs as they are now. */
function renewed(page: string, text: string): string {
  return text.replaceAll(
    /<!-- vethscope (?<line>[^\n]*?) -->\n(?<under>```[^\n]*\n[\s\S]*?\n```\n)?/g,
    (...match: unknown[]) => {
      const { line, under } = match.at(-1) as { line: string; under: string | undefined };
      const words = wordsOf(line);
      const comment = `<!-- vethscope ${line} -->\n`;
      if (words[0] === 'export') {
        const at = words.indexOf('-o');
        const name = words[at + 1];
        if (at < 0 || !name) throw new Error(`${page}: a picture needs a name: -o NAME in "${line}"`);
        const rest = words.filter((_, index) => index !== at && index !== at + 1);
        for (const theme of themes) {
          put(join(pictures, `${name}-${theme}.svg`), vethscope([...rest, '--format', 'svg', '--theme', theme]));
        }
        return `${comment}${under ?? ''}`;
      }
      const fence = '```';
      return `${comment}${fence}text\n${vethscope(words).trimEnd()}\n${fence}\n`;
    },
  );
}

if (!existsSync(command)) {
  console.error(`The command is not built: there is no ${relative(root, command)}. Build it first: npm run build`);
  process.exit(1);
}
const languages = readdirSync(guide, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
  .map(({ name }) => name);
const pagesOf = (language: string) => readdirSync(join(guide, language)).filter((name) => name.endsWith('.md'));
for (const language of languages) {
  for (const name of pagesOf(language)) {
    const path = join(guide, language, name);
    put(path, renewed(relative(root, path), readFileSync(path, 'utf8')));
    for (const other of languages) {
      if (!pagesOf(other).includes(name)) stale.push(`docs/guide/${other}/${name} (it is in ${language} only)`);
    }
  }
}
for (const name of existsSync(pictures) ? readdirSync(pictures) : []) {
  if (!wanted.has(join(pictures, name))) stale.push(`docs/guide/pictures/${name} (no page shows it)`);
}

if (!checking) console.log(stale.length === 0 ? 'Everything was up to date.' : `Made anew:\n  ${stale.join('\n  ')}`);
else if (stale.length > 0) {
  console.error(
    `These are not what the command gives now:\n  ${stale.join('\n  ')}\nMake them again: npm run docs:guide`,
  );
  process.exit(1);
} else console.log(`The guide is up to date: ${wanted.size} pages and pictures.`);
