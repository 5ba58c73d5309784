import { asBody } from './engineText.ts';

/** Stands where a secret was. */
export const maskedText = '••••••';

const secretWord =
  /(^|[^a-z])pass([^a-z]|$)|passw|passphrase|passcode|pwd|secret|token|credential|auth(?!or)|cookie|bearer|jwt|dsn|private|signature|(^|[^a-z])keys?([^a-z]|$)|(api|access|secret|private|ssh|encryption|signing|master|license)[-_.]?key/i;

/** Fields of the engine that look like secrets and are none. */
const innocent: ReadonlySet<string> = new Set([
  'SandboxKey',
  'Authorization',
  'AuthorizationPlugins',
  'SecurityOptions',
]);

/** Whether a label, an option or a field is named like one that holds a secret. */
export function looksSecret(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return !innocent.has(key) && secretWord.test(words);
}

/** `scheme://user:password@host` loses its password. The scheme is bounded: a long word would be searched from each of its letters to its end. */
function maskAddressBook(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${maskedText}@`);
}

/** Values whose keys look secret are masked; passwords in URLs are masked anywhere. */
export function maskLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key,
      looksSecret(key) && value !== '' ? maskedText : maskAddressBook(value),
    ]),
  );
}

/** Words of a command: `--password=x`, `--password x`, `PASSWORD=x`, `user:x@` in a URL. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const assigned = /^(-{0,2}[A-Za-z][\w.-]*)=(.+)$/s.exec(word);
    if (assigned?.[1] !== undefined && looksSecret(assigned[1])) return `${assigned[1]}=${maskedText}`;
    const before = words[index - 1];
    const isOption = before !== undefined && /^--[A-Za-z][\w.-]*$/.test(before) && looksSecret(before);
    if (isOption && !word.startsWith('-')) return maskedText;
    return maskAddressBook(
      word.replace(/(\b[A-Za-z_]*(?:password|passwd|secret|token)\w*=)[^\s'"&]+/gi, `$1${maskedText}`),
    );
  });
}

const wordLists: ReadonlySet<string> = new Set(['Cmd', 'Args', 'Entrypoint', 'Test', 'Command']);

function maskEnv(entry: unknown): unknown {
  if (typeof entry !== 'string') return entry;
  const at = entry.indexOf('=');
  return at < 0 ? entry : `${entry.slice(0, at + 1)}${maskedText}`;
}

function maskField(key: string, value: unknown): unknown {
  // vethscope has no use for any environment variable: none of them leaves the host.
  if (key === 'Env' && Array.isArray(value)) return value.map(maskEnv);
  if (wordLists.has(key) && Array.isArray(value) && value.every((word) => typeof word === 'string')) {
    return maskWords(value);
  }
  if (key === 'Command' && typeof value === 'string') return maskWords(value.split(' ')).join(' ');
  if (typeof value === 'string' && value !== '' && looksSecret(key)) return maskedText;
  return maskDockerBody(value);
}

/** A body of the engine as it may be written to a file: environment, secret-looking fields and labels, words of commands masked. */
export function maskDockerBody(body: unknown): unknown {
  if (typeof body === 'string') return maskAddressBook(body);
  if (Array.isArray(body)) return body.map(maskDockerBody);
  const fields = asBody(body);
  if (fields === null) return body;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, maskField(key, value)]));
}
