import '../api/jitless.ts';
import type { RecordingRequest } from './recordingMessages.ts';
import { runRecordingJob } from './runRecordingJob.ts';

/* Recordings are parsed beside the page: a large one, or one made to be slow, must not hold it up. */

self.onmessage = async ({ data }: MessageEvent<RecordingRequest>) => {
  self.postMessage(await runRecordingJob(data));
};
