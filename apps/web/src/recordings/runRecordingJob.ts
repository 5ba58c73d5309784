import { VethscopeError } from '@vethscope/model';
import { parseRecordingText, snapshotOf } from '@vethscope/parse';
import { maskRecording } from '@vethscope/picture';
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
        const read = parseRecordingText(await request.json.text());
        const isMasked = request.mask.names || request.mask.addresses;
        const recording = isMasked ? maskRecording(read, snapshotOf(read), request.mask) : read;
        const json = isMasked ? new Blob([JSON.stringify(recording)]) : request.json;
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
