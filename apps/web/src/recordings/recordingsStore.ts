import { type QueryKey, skipToken, useQuery } from '@tanstack/react-query';
import type { ErrorBody, Snapshot } from '@vethscope/model';
import { create } from 'zustand';
import { queryClient } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { askRecordingWorker } from './askRecordingWorker.ts';
import type { RecordingContents } from './recordingContents.ts';

/** A file that was opened in this page. What it shows is in the query cache, under `id`. */
interface OpenedRecording {
  id: string;
  name: string;
  contents: RecordingContents;
}

/** What a file, or the live host, is to what is shown. */
type Against = { kind: 'file'; id: string } | { kind: 'live' };

interface RecordingsState {
  files: readonly OpenedRecording[];
  /** The id of the file that the page shows in place of the host. */
  shown: string | null;
  /** What it is compared with, where that is no moment of the history. */
  against: Against | null;
  /** The list of what is different was closed: a moment that is shown does not open it again. */
  listClosed: boolean;
  opening: { name: string; abort: AbortController } | null;
  fault: { name: string; error: ErrorBody } | null;
  open: (file: File) => Promise<void>;
  show: (id: string | null) => void;
  compareWith: (against: Against | null) => void;
  close: (id: string) => void;
  cancel: () => void;
  dismissFault: () => void;
  closeList: () => void;
}

const keyOf = (id: string): QueryKey => ['recording', id];
queryClient.setQueryDefaults(['recording'], { gcTime: Number.POSITIVE_INFINITY, structuralSharing: false });

/** A name of a file goes into a line of the page, where turned or endless text would hide what stands beside it. */
const shownName = (name: string) => name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 120);

let lastId = 0;

export const useRecordings = create<RecordingsState>()((set, get) => ({
  files: [],
  shown: null,
  against: null,
  listClosed: false,
  opening: null,
  fault: null,
  async open(file) {
    get().cancel();
    const name = shownName(file.name);
    const abort = new AbortController();
    set({ opening: { name, abort }, fault: null });
    try {
      const reply = await askRecordingWorker({ kind: 'open', file }, abort.signal);
      if (reply.kind === 'opened') {
        const id = `file-${++lastId}`;
        queryClient.setQueryData<Held>(keyOf(id), heldOf(id, name, reply.snapshot));
        set(({ files }) => ({ files: [...files, { id, name, contents: reply.contents }], shown: id, against: null }));
      } else if (reply.kind === 'fault') set({ fault: { name, error: reply.error } });
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      if (get().opening?.abort === abort) set({ opening: null });
    }
  },
  show: (shown) => set({ shown, against: null, listClosed: false }),
  compareWith: (against) => set({ against, listClosed: false }),
  close(id) {
    queryClient.removeQueries({ queryKey: keyOf(id) });
    set(({ files, shown, against }) => ({
      files: files.filter((file) => file.id !== id),
      shown: shown === id ? null : shown,
      against: shown === id || (against?.kind === 'file' && against.id === id) ? null : against,
    }));
  },
  cancel() {
    get().opening?.abort.abort();
    set({ opening: null });
  },
  dismissFault: () => set({ fault: null }),
  closeList: () => set({ listClosed: true, against: null }),
}));

/** An opened file as what the page shows; null where none is asked for, or it is closed. */
export function useOpened(id: string | null): Held | null {
  return useQuery<Held>({ queryKey: keyOf(id ?? ''), queryFn: skipToken }).data ?? null;
}

function heldOf(id: string, name: string, snapshot: Snapshot): Held {
  return {
    epoch: id,
    version: 1,
    origin: { kind: 'recording', name, why: null, fix: null },
    snapshot,
    elsewhere: { kind: 'file', name },
  };
}
