import type { Snapshot } from '@vethscope/model';
import { useEffect, useState } from 'react';
import { t } from '../text/text.ts';
import { createExportClient, type ExportClient, type ExportPort } from './exportClient.ts';
import type { Made, Stage } from './exportMessages.ts';
import type { Order } from './order.ts';
import { paintPng } from './paintPng.ts';

/** A picture with its file, of PNG too. */
export interface Finished extends Made {
  file: Blob;
  order: Order;
}

/** How far the file is that was ordered. `slow` after a second, from which on the stages are told. */
export interface Work {
  phase: 'waiting' | 'working' | 'done' | 'nothing' | 'fault' | 'cancelled';
  stage: Stage | null;
  slow: boolean;
  fault: string | null;
  /** The last one that was finished: while another is made it stays in sight. */
  finished: Finished | null;
}

const atRest: Work = { phase: 'waiting', stage: null, slow: false, fault: null, finished: null };

/** Who types a caption or walks through a list does not mean every picture on the way. */
const restMs = 150;
const slowMs = 1000;

/** Makes the file of an order whenever there is another one. `again` makes it anew after it was cancelled. */
export function usePictureFile(snapshot: Snapshot, order: Order | null) {
  const [work, setWork] = useState(atRest);
  const [round, setRound] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const [client, setClient] = useState<ExportClient | null>(null);

  useEffect(() => {
    const made = createExportClient(snapshot, startWorker);
    setClient(made);
    return made.close;
  }, [snapshot]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is the same order once more
  useEffect(() => {
    if (!client || !order) return;
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (part: Partial<Work>) => {
      if (!signal.aborted) setWork((before) => ({ ...before, ...part }));
    };
    const onStage = (stage: Stage) => tell({ stage });
    const slow = setTimeout(() => tell({ slow: true }), restMs + slowMs);
    const begin = setTimeout(() => {
      tell({ phase: 'working', stage: null, fault: null });
      finish(client, order, { onStage, signal })
        .then(
          (finished) => tell(finished === null ? { phase: 'nothing', finished } : { phase: 'done', finished }),
          (error: Error) => tell({ phase: 'fault', fault: error.message || t.pictures.broke, finished: null }),
        )
        .finally(() => {
          clearTimeout(slow);
          tell({ slow: false });
        });
    }, restMs);
    setAbort(controller);
    return () => {
      clearTimeout(slow);
      clearTimeout(begin);
      controller.abort();
    };
  }, [client, order, round]);

  return {
    work,
    cancel: () => {
      abort?.abort();
      setWork((before) => ({ ...before, phase: 'cancelled', slow: false, finished: null }));
    },
    again: () => setRound((before) => before + 1),
  };
}

function startWorker(): ExportPort {
  return new Worker(new URL('./exportWorker.ts', import.meta.url), { type: 'module' }) as unknown as ExportPort;
}

interface Run {
  onStage: (stage: Stage) => void;
  signal: AbortSignal;
}

async function finish(client: ExportClient, order: Order, { onStage, signal }: Run): Promise<Finished | null> {
  const made = await client.make(order, { onStage, signal });
  if (made === null) return null;
  if (made.file !== null) return { ...made, file: made.file, order };
  onStage('paint');
  return { ...made, file: await paintPng(made, order.scale), order };
}
