import type { PictureFormat } from '@vethscope/picture';

export const fileEndings: Readonly<Record<PictureFormat, string>> = {
  svg: '.svg',
  png: '.png',
  pdf: '.pdf',
  mermaid: '.mmd',
  dot: '.dot',
  drawio: '.drawio',
  markdown: '.md',
  json: '.json',
};

interface Named {
  host: string;
  subject: string;
  /** When the host was read, in ISO 8601. */
  readAt: string;
}

/** "devbox-shop_front-2026-11-21", without the ending. Names of hosts and networks are anything that somebody else wrote. */
export function fileStem({ host, subject, readAt }: Named): string {
  const part = (text: string) => text.slice(0, 64).replace(/[^\p{L}\p{N}_.]+/gu, '-');
  return trimmed([part(host), part(subject), readAt.slice(0, 10)].join('-'));
}

/** A stem that a person typed, as far as files may be called so; null where nothing is left. */
export function typedStem(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const stem = trimmed(text.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]+/g, '-').slice(0, 200));
  return stem === '' ? null : stem;
}

const trimmed = (text: string) => text.replace(/-{2,}/g, '-').replace(/^[-. ]+|[-. ]+$/g, '');
