import type { Snapshot } from '@vethscope/model';
import type { ExportReply, ExportRequest, Made, Stage } from './exportMessages.ts';
import type { Order } from './order.ts';

/** The part of a Worker that is used: a test has another one. */
export interface ExportPort {
  postMessage: (message: ExportRequest) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent<ExportReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Job {
  onStage: (stage: Stage) => void;
  /** Ends the job, and the worker with it: it cannot be interrupted otherwise. */
  signal: AbortSignal;
}

export interface ExportClient {
  /** null: nothing of what was ordered is drawn. Rejects with the reason of the signal, or where the worker failed. */
  make: (order: Order, job: Job) => Promise<Made | null>;
  close: () => void;
}

/** Orders pictures of one Snapshot, one at a time. A worker lives until the client is closed or a job is ended. */
export function createExportClient(snapshot: Snapshot, start: () => ExportPort): ExportClient {
  let port: ExportPort | null = null;
  let lastId = 0;
  const close = () => {
    port?.terminate();
    port = null;
  };
  const open = (): ExportPort => {
    if (port) return port;
    port = start();
    port.postMessage({ kind: 'host', snapshot });
    return port;
  };
  return {
    close,
    make(order, { onStage, signal }) {
      return new Promise((resolve, reject) => {
        const worker = open();
        const id = ++lastId;
        const end = () => signal.removeEventListener('abort', stop);
        const stop = () => {
          close();
          reject(signal.reason);
        };
        const fail = (message: string) => {
          end();
          close();
          reject(new Error(message));
        };
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop, { once: true });
        worker.onerror = ({ message }) => fail(message || 'The worker ended.');
        worker.onmessage = ({ data }) => {
          if (data.id !== id) return;
          if (data.kind === 'stage') onStage(data.stage);
          else if (data.kind === 'fault') fail(data.message);
          else {
            end();
            resolve(data.kind === 'made' ? data.made : null);
          }
        };
        worker.postMessage({ kind: 'order', id, order });
      });
    },
  };
}
