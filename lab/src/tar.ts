export interface TarEntry {
  /** Relative; a folder ends with a slash. At most 100 bytes. */
  path: string;
  mode: number;
  content?: Buffer;
  /** Where a symbolic link points to. */
  link?: string;
}

const block = 512;

/**
 * A tar archive (POSIX ustar) that depends on its entries only: owner root, time 0. Whoever builds it gets the same bytes, and
 * the engine gives the same layer id.
 */
export function tar(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const content = entry.content ?? Buffer.alloc(0);
    parts.push(header(entry, content.length), content);
    const rest = content.length % block;
    if (rest !== 0) parts.push(Buffer.alloc(block - rest));
  }
  parts.push(Buffer.alloc(2 * block));
  return Buffer.concat(parts);
}

function header(entry: TarEntry, size: number): Buffer {
  if (Buffer.byteLength(entry.path) > 100)
    throw new Error(`"${entry.path}" is too long for a tar header: at most 100 bytes.`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  bytes.write(entry.path, 0);
  bytes.write(octal(entry.mode, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.write(' '.repeat(8), 148);
  bytes.write(kind(entry), 156);
  bytes.write(entry.link ?? '', 157);
  bytes.write('ustar\x0000', 257);
  // The sum is taken with the field itself as spaces, and is written as six digits, a zero byte and a space.
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

function kind(entry: TarEntry): '0' | '2' | '5' {
  if (entry.link !== undefined) return '2';
  return entry.path.endsWith('/') ? '5' : '0';
}
