import type { ReactNode } from 'react';
import { Fix } from '../sources/Fix.tsx';
import { t } from '../text/text.ts';
import { DialogPanel } from '../ui/DialogPanel.tsx';
import { useRecordings } from './recordingsStore.ts';

/** Why a file was not opened: what is wrong, in which line or field, and what to do. */
export function RecordingFault() {
  const { fault, dismissFault } = useRecordings();
  if (!fault) return null;
  const { code, message, where, fix } = fault.error;
  return (
    <DialogPanel
      open
      onOpenChange={(open) => !open && dismissFault()}
      title={t.recordings.faultTitle}
      description={t.recordings.fault(fault.name)}
      closeLabel={t.close}
    >
      <p role="alert" className="wrap-anywhere text-bad-ink">
        {message}
      </p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-1.5">
        {where !== null && (
          <Line label={t.recordings.where}>
            <code className="wrap-anywhere font-mono text-[12px]">{where.slice(0, 400)}</code>
          </Line>
        )}
        {fix !== null && (
          <Line label={t.recordings.fix}>
            <Fix fix={fix} />
          </Line>
        )}
        <Line label={t.recordings.code}>
          <code className="font-mono text-[12px] text-ink-2">{code}</code>
        </Line>
      </dl>
    </DialogPanel>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
