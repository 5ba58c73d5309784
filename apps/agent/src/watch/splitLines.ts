import { StringDecoder } from 'node:string_decoder';

/**
 * Cuts a stream of bytes into lines. A chunk may end anywhere, within a line or within a character. A line longer than `longest`
 * characters is dropped: nothing that we listen to writes such, and memory is not to be had for the asking.
 */
export function lineSplitter(onLine: (line: string) => void, longest = 1024 * 1024): (chunk: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let skipping = false;
  return (chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!skipping && line.trim() !== '') onLine(line);
      skipping = false;
    }
    if (rest.length > longest) {
      rest = '';
      skipping = true;
    }
  };
}
