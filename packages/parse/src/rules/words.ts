/** A word of an iptables line: its text without quotes and escapes, and where it stood. */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** Some of it stood in quotes: such a word is never an option, even if it begins with "-". */
  quoted: boolean;
}

export interface SplitLine {
  words: Word[];
  /** The line ends inside quotes, or with a lone backslash in them. */
  open: boolean;
}

const space = 32;
const tab = 9;
const newline = 10;
const carriageReturn = 13;
const quote = 34;
const backslash = 92;

function isBlank(code: number): boolean {
  return code === space || code === tab || code === newline || code === carriageReturn;
}

/**
 * Splits a line as iptables-restore does (iptables/xshared.c add_param_to_argv): blanks part words, double quotes hold them
 * together, and inside quotes a backslash takes the next character as it is. iptables-save escapes `"`, `\` and `'`.
 */
export function splitWords(line: string): SplitLine {
  const words: Word[] = [];
  const length = line.length;
  let at = 0;
  while (at < length) {
    if (isBlank(line.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let pieceStart = at;
    let text = '';
    let quoted = false;
    let inQuotes = false;
    while (at < length) {
      const code = line.charCodeAt(at);
      if (code === quote) {
        text += line.slice(pieceStart, at);
        pieceStart = at + 1;
        inQuotes = !inQuotes;
        quoted = true;
      } else if (inQuotes && code === backslash) {
        if (at + 1 >= length) return { words, open: true };
        text += line.slice(pieceStart, at) + line.charAt(at + 1);
        at++;
        pieceStart = at + 1;
      } else if (!inQuotes && isBlank(code)) {
        break;
      }
      at++;
    }
    text = quoted ? text + line.slice(pieceStart, at) : line.slice(start, at);
    if (inQuotes) return { words, open: true };
    words.push({ text, start, end: at, quoted });
  }
  return { words, open: false };
}

/** A word as iptables-save prints it: quoted only where it must be (iptables libxtables xtables_save_string). */
export function quoteWord(text: string): string {
  if (/^[\w-]+$/.test(text)) return text;
  return `"${text.replace(/["\\']/g, (character) => `\\${character}`)}"`;
}
