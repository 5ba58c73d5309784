import type { ErrorBody } from '@vethscope/model';
import { errorInWords } from '../api/errorInWords.ts';
import { t } from '../text/text.ts';
import type { RecordingReply, RecordingRequest } from './recordingMessages.ts';

const fault = (message: string | null): RecordingReply => {
  const error: ErrorBody = { code: 'internal', message: t.recordings.broke, where: message, fix: null };
  return { kind: 'fault', error };
};

/** The script of a worker may not arrive: a browser drops what it loads while a network of its host comes or goes. */
const tries = 3;

/** One worker for one job: it is ended with it, or when `signal` says so, and gives its memory back. Rejects only when it is aborted. */
export function askRecordingWorker(request: RecordingRequest, signal: AbortSignal): Promise<RecordingReply> {
  return new Promise((resolve, reject) => {
    let worker: Worker | null = null;
    const end = (reply: RecordingReply) => {
      worker?.terminate();
      resolve(reply);
    };
    const start = (left: number) => {
      worker = new Worker(new URL('./recordingWorker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<RecordingReply>) =>
        end(data.kind === 'fault' ? { kind: 'fault', error: errorInWords(data.error) } : data);
      worker.onerror = ({ message }) => {
        // A script that ran and broke says how; one that was not loaded says nothing.
        if (message || left === 0) end(fault(message || null));
        else setTimeout(() => signal.aborted || start(left - 1), 400);
      };
      worker.onmessageerror = () => end(fault(null));
      worker.postMessage(request);
    };
    signal.addEventListener('abort', () => {
      worker?.terminate();
      reject(signal.reason);
    });
    start(tries - 1);
  });
}
