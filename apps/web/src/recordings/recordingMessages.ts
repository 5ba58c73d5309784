import type { ErrorBody, Snapshot } from '@vethscope/model';
import type { MaskOptions } from '@vethscope/picture';
import type { RecordingContents } from './recordingContents.ts';

/**
 * `open`: a file as it lies on the disk, gzipped or not. `pack`: what the agent answered, to be written to one, with what is to be masked of it. One
 * job for a worker.
 */
export type RecordingRequest = { kind: 'open'; file: Blob } | { kind: 'pack'; json: Blob; mask: MaskOptions };

/** `bytes` as plain JSON. */
export type RecordingReply =
  | { kind: 'opened'; contents: RecordingContents; snapshot: Snapshot }
  | { kind: 'packed'; contents: RecordingContents; bytes: number; file: Blob }
  | { kind: 'fault'; error: ErrorBody };
