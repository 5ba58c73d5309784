import { VethscopeError } from '@vethscope/model';
import { bytes } from '../text/amount.ts';

const unreadable = 'The browser could not read the file.';

/** A string of a browser holds about 500 million characters; a recording of 1,000 containers some 100 million. */
const largestBytes = 400 * 1024 * 1024;

/**
 * The text of a file, gzipped or not (its first bytes tell). Nothing is unpacked beyond `limit`, whatever the file claims. Throws `malformedRecording`
 * where the gzip is broken or there is more, `unreadableFile` where the browser cannot read it.
 */
export async function unpack(file: Blob, limit = largestBytes): Promise<string> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  } catch (cause) {
    throw new VethscopeError('unreadableFile', unreadable, { cause });
  }
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const stream = gzipped ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw gzipped
        ? new VethscopeError('malformedRecording', 'The file is gzipped, but broken or cut off.', { cause })
        : new VethscopeError('unreadableFile', unreadable, { cause });
    });
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => {});
      throw new VethscopeError('malformedRecording', `The file is larger than ${bytes(limit)} when it is unpacked.`, {
        fix: 'vethscope view FILE',
        about: [bytes(limit)],
      });
    }
    parts.push(decoder.decode(value, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join('');
}
