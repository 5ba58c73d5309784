import type { WithoutRule } from '@vethscope/path';
import type { WithoutReply, WithoutRequest } from './withoutMessages.ts';

/** Asks in a worker of its own, which ends with the answer or when nobody wants it any more. Rejects with an Error that says what broke. */
export function askWithout(request: WithoutRequest, signal: AbortSignal): Promise<WithoutRule | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./withoutWorker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.onmessage = ({ data }: MessageEvent<WithoutReply>) => {
      end();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    };
    worker.onerror = ({ message }) => {
      end();
      reject(new Error(message));
    };
    worker.postMessage(request);
  });
}
