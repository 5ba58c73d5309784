import { useMutation, useQuery } from '@tanstack/react-query';
import type { ErrorBody, Question } from '@vethscope/model';
import { Send } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { AnswerError, bodyOf, getHealth, postProbe } from '../api/client.ts';
import { useElsewhere } from '../api/live.ts';
import { t } from '../text/text.ts';
import { Bone } from '../ui/Bone.tsx';
import { Button } from '../ui/Button.tsx';
import { ProbeReport } from './ProbeReport.tsx';

const asBody = (error: unknown): ErrorBody =>
  error instanceof AnswerError ? error.body : { code: 'internal', message: String(error), where: null, fix: null };

/** Sends the packet for real, where the agent allows it, and lays what the kernel did beside what was predicted. */
export function Probe({ question, changed }: { question: Question; changed: boolean }) {
  const words = t.explorer.probe;
  const elsewhere = useElsewhere();
  const health = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => bodyOf(await getHealth(signal)),
    staleTime: 10_000,
  });
  const probe = useMutation({
    mutationFn: async (confirmedAddress: string | null) => bodyOf(await postProbe({ question, confirmedAddress })),
  });
  const error = probe.error && asBody(probe.error);
  const unconfirmed = error?.code === 'probeNeedsConfirmation' ? (error.where ?? '') : null;
  const availability = health.data?.probe ?? null;
  if (elsewhere) return <p className="max-w-prose px-4 py-3 text-ink-2">{t.timeline.noProbe}</p>;
  return (
    <div className="px-4 py-3">
      <p className="max-w-prose text-ink-2">{words.intro}</p>
      {changed && <p className="mt-1 max-w-prose text-warn-ink">{words.whatIfNote}</p>}
      {health.isPending && <Bone className="mt-3 h-8 w-40" />}
      {health.error && <Fault error={asBody(health.error)} />}
      {availability && !availability.allowed && (
        <div className="mt-3">
          <p className="font-medium">{availability.why ?? words.notAllowed}</p>
          {availability.fix && <p className="mt-0.5 text-ink-2">{availability.fix}</p>}
        </div>
      )}
      {availability?.allowed && (
        <Button look="accent" className="mt-3" disabled={probe.isPending} onClick={() => probe.mutate(null)}>
          <Send size={14} aria-hidden className={probe.isPending ? 'pulse' : ''} />
          {probe.isPending ? words.sending : probe.data ? words.again : words.send}
        </Button>
      )}
      {error && unconfirmed === null && <Fault error={error} />}
      <div aria-live="polite">{probe.data && <ProbeReport result={probe.data} />}</div>
      <AlertDialog.Root open={unconfirmed !== null} onOpenChange={(open) => !open && probe.reset()}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="fade fixed inset-0 z-40 bg-[rgb(14_17_23/35%)]" />
          <AlertDialog.Content className="arrive fixed top-[24vh] left-1/2 z-50 w-[min(460px,calc(100vw-32px))] -translate-x-1/2 rounded-2xl border border-line bg-surface p-5 shadow-(--raised-shadow) outline-none">
            <AlertDialog.Title className="font-semibold text-[15px]">{words.confirmTitle}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1 text-ink-2">
              {words.confirm(unconfirmed ?? '')}
            </AlertDialog.Description>
            <div className="mt-4 flex justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button>{words.cancel}</Button>
              </AlertDialog.Cancel>
              <AlertDialog.Action asChild>
                <Button
                  look="accent"
                  onClick={(event) => {
                    // The dialog would close and forget the address before it is sent.
                    event.preventDefault();
                    probe.mutate(unconfirmed);
                  }}
                >
                  {words.confirmSend(unconfirmed ?? '')}
                </Button>
              </AlertDialog.Action>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </div>
  );
}

function Fault({ error }: { error: ErrorBody }) {
  return (
    <p role="alert" className="mt-3">
      <span className="text-bad-ink">{error.message}</span>
      {error.where && <span className="block wrap-anywhere font-mono text-[11px] text-ink-2">{error.where}</span>}
      {error.fix && <span className="block text-ink-2">{error.fix}</span>}
    </p>
  );
}
