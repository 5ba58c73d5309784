import { useQuery } from '@tanstack/react-query';
import type { ErrorBody } from '@vethscope/model';
import type { MaskOptions } from '@vethscope/picture';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { AnswerError, getRecording } from '../api/client.ts';
import { useElsewhere } from '../api/live.ts';
import { bytes, number } from '../text/amount.ts';
import { moment } from '../text/duration.ts';
import { t } from '../text/text.ts';
import { Bone } from '../ui/Bone.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Check.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { DialogPanel } from '../ui/DialogPanel.tsx';
import { Segments } from '../ui/Segments.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { askRecordingWorker } from './askRecordingWorker.ts';
import { countedKinds, type RecordingContents, recordingFileName } from './recordingContents.ts';

type Masking = 'masked' | 'whole';

async function packRecording(json: Blob, mask: MaskOptions, signal: AbortSignal) {
  const reply = await askRecordingWorker({ kind: 'pack', json, mask }, signal);
  if (reply.kind === 'packed') return reply;
  if (reply.kind === 'fault') throw new AnswerError(reply.error);
  throw new Error(`The worker replied ${reply.kind}.`);
}

/** The host is read once, and packed again for each choice of what is masked. */
function useRecording(mask: MaskOptions) {
  const options = { gcTime: 0, staleTime: 0, structuralSharing: false };
  const read = useQuery({ queryKey: ['recordingToSave'], queryFn: ({ signal }) => getRecording(signal), ...options });
  const packed = useQuery({
    queryKey: ['recordingPacked', read.dataUpdatedAt, mask.names, mask.addresses],
    queryFn: ({ signal }) => packRecording(read.data ?? new Blob(), mask, signal),
    enabled: read.data !== undefined,
    ...options,
  });
  return read.isError ? read : packed;
}

/** Writes the host as it is now to a file, after it has said what the file will hold. */
export default function SaveRecording({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const [masking, setMasking] = useState<Masking>('masked');
  const [saved, setSaved] = useState<string | null>(null);
  const elsewhere = useElsewhere();
  const [mask, setMask] = useState<MaskOptions>({ names: false, addresses: false });
  const query = useRecording(mask);
  const choose = (chosen: MaskOptions) => {
    setMask(chosen);
    setSaved(null);
  };
  const error = query.error instanceof AnswerError ? query.error.body : null;
  const ready = query.data instanceof Blob ? undefined : query.data;
  return (
    <DialogPanel
      open
      onOpenChange={onOpenChange}
      title={t.recordings.title}
      description={t.recordings.description}
      closeLabel={t.close}
    >
      {elsewhere?.elsewhere?.kind === 'past' && <p className="mb-3 text-warn-ink">{t.recordings.pastNote}</p>}
      <Segments
        label={t.recordings.kind}
        value={masking}
        onChange={setMasking}
        options={[
          { value: 'masked', text: t.recordings.masked },
          { value: 'whole', text: t.recordings.whole },
        ]}
      />
      {masking === 'whole' ? (
        <div className="mt-3 space-y-2">
          <p className="max-w-prose text-ink-2">{t.recordings.wholeMeans}</p>
          <CommandLine command={t.recordings.wholeCommand} copyLabel={t.copy} doneLabel={t.copied} />
        </div>
      ) : (
        <>
          <p className="mt-3 max-w-prose text-ink-2">
            {ready && !ready.contents.masked ? t.recordings.notMasked : t.recordings.maskedMeans}
          </p>
          <fieldset className="mt-3">
            <legend className="mb-1.5 text-ink-2 text-xs">{t.recordings.others}</legend>
            <div className="flex gap-5">
              <Check checked={mask.names} onChange={(names) => choose({ ...mask, names })}>
                {t.pictures.maskNames}
              </Check>
              <Check checked={mask.addresses} onChange={(addresses) => choose({ ...mask, addresses })}>
                {t.pictures.maskAddresses}
              </Check>
            </div>
            <p className="mt-1.5 max-w-prose text-ink-2 text-xs">{t.recordings.othersMean[maskKind(mask)]}</p>
          </fieldset>
          {query.isPending && (
            <div className="mt-4" aria-live="polite">
              <p className="pulse text-ink-2">{t.recordings.reading}</p>
              <Bone className="mt-2 h-40" />
            </div>
          )}
          {error && <Fault error={error} />}
          {ready && (
            <>
              <Contents contents={ready.contents} />
              <div className="mt-4 flex flex-wrap items-center gap-3">
                <Button
                  look="accent"
                  onClick={() => {
                    const name = recordingFileName(ready.contents);
                    saveFile(ready.file, name);
                    setSaved(name);
                  }}
                >
                  <Download size={14} aria-hidden />
                  {t.recordings.download}
                </Button>
                <span className="text-ink-2 text-xs">
                  {t.recordings.size(bytes(ready.bytes), bytes(ready.file.size))}
                </span>
                <span aria-live="polite" className="wrap-anywhere text-good-ink text-xs">
                  {saved && t.recordings.saved(saved)}
                </span>
              </div>
            </>
          )}
        </>
      )}
    </DialogPanel>
  );
}

function maskKind({ names, addresses }: MaskOptions): 'none' | 'names' | 'addresses' | 'both' {
  if (names) return addresses ? 'both' : 'names';
  return addresses ? 'addresses' : 'none';
}

/** What stands in the file, kind by kind. */
function Contents({ contents }: { contents: RecordingContents }) {
  return (
    <>
      <h3 className="mt-4 font-semibold">{t.recordings.contains}</h3>
      <p className="wrap-anywhere text-ink-2">
        {contents.hostname.slice(0, 80)}, {moment(contents.takenAt)}
      </p>
      <dl className="mt-2 grid grid-cols-1 gap-x-8 sm:grid-cols-2">
        {countedKinds.map((kind) => (
          <div key={kind} className="flex items-baseline justify-between gap-3 border-line border-b py-1">
            <dt className="text-ink-2">{t.recordings.counts[kind]}</dt>
            <dd className="font-mono text-[12px]">{number(contents.counts[kind])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Fault({ error }: { error: ErrorBody }) {
  return (
    <p role="alert" className="mt-4">
      <span className="text-bad-ink">{error.message}</span>
      {error.where && <span className="block wrap-anywhere font-mono text-[11px] text-ink-2">{error.where}</span>}
      {error.fix && <span className="block text-ink-2">{error.fix}</span>}
    </p>
  );
}
