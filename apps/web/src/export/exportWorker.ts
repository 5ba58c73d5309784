import '../api/jitless.ts';
import type { Snapshot } from '@vethscope/model';
import type { ExportReply, ExportRequest } from './exportMessages.ts';
import { fontFaces, pdfFonts } from './pictureFonts.ts';
import { runOrder } from './runOrder.ts';

/* Pictures are made beside the page: one of a thousand containers must not hold it up. */

let snapshot: Snapshot | null = null;
let faces: Promise<string> | null = null;

function facesOnce(): Promise<string> {
  faces ??= fontFaces();
  return faces;
}

const reply = (message: ExportReply) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<ExportRequest>) => {
  if (data.kind === 'host') {
    snapshot = data.snapshot;
    return;
  }
  const { id, order } = data;
  try {
    if (!snapshot) throw new Error('An order came before the first snapshot.');
    const made = await runOrder(snapshot, order, {
      onStage: (stage) => reply({ id, kind: 'stage', stage }),
      fontFaces: facesOnce,
      pdfFonts,
    });
    reply(made === null ? { id, kind: 'nothing' } : { id, kind: 'made', made });
  } catch (error) {
    reply({ id, kind: 'fault', message: error instanceof Error ? error.message : String(error) });
  }
};
