import { VethscopeError } from '@vethscope/model';
import { parseRecordingText, snapshotOf } from '@vethscope/parse';
import { recordingContents } from './recordingContents.ts';
import type { RecordingReply, RecordingRequest } from './recordingMessages.ts';
import { unpack } from './unpack.ts';

/** Does one job; every fault is a reply. */
export async function runRecordingJob(request: RecordingRequest): Promise<RecordingReply> {
  try {
    switch (request.kind) {
      case 'open': {
        const recording = parseRecordingText(await unpack(request.file));
        return { kind: 'opened', contents: recordingContents(recording), snapshot: snapshotOf(recording) };
      }
      case 'pack': {
        const { json } = request;
        const recording = parseRecordingText(await json.text());
        const packed = json.stream().pipeThrough(new CompressionStream('gzip'));
        const file = new Blob([await new Response(packed).arrayBuffer()], { type: 'application/gzip' });
        return { kind: 'packed', contents: recordingContents(recording), bytes: json.size, file };
      }
    }
  } catch (error) {
    const known = error instanceof VethscopeError ? error : new VethscopeError('internal', String(error));
    return { kind: 'fault', error: known.toBody() };
  }
}
