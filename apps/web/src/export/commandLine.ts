import type { Choices } from './order.ts';

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

interface Asked {
  /** With its ending. */
  file: string;
  /** The words of the path. */
  path: { from: string; to: string; proto: string } | null;
}

/** The command that writes the same file; null where only the page knows what it is of. */
export function exportCommandLine(choices: Choices, { file, path }: Asked): string | null {
  const { subject, lens, theme, format, scale } = choices;
  const words = ['vethscope', 'export', '-o', file.startsWith('-') ? `./${file}` : file];
  switch (subject.kind) {
    case 'view':
    case 'selection':
    case 'difference':
      return null;
    case 'path':
      if (path === null) return null;
      words.push('--path', path.from, path.to, ...(path.proto === 'tcp' ? [] : ['--proto', path.proto]));
      break;
    case 'network':
    case 'project':
      words.push(`--${subject.kind}`, subject.name);
      break;
    case 'whole':
      break;
  }
  if (lens !== 'docker') words.push('--lens', lens);
  if (theme !== 'light') words.push('--theme', theme);
  if (choices.transparent) words.push('--transparent');
  if (choices.legend) words.push('--legend');
  if (choices.caption.trim() !== '') words.push('--caption', choices.caption.trim());
  if (format === 'png' && scale !== '1') words.push('--scale', scale);
  if (choices.maskNames || choices.maskAddresses) {
    words.push('--mask');
    if (!choices.maskNames) words.push('addresses');
    if (!choices.maskAddresses) words.push('names');
  }
  return words.map(quoted).join(' ');
}
