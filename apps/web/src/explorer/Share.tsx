import type { Snapshot, Trace } from '@vethscope/model';
import { questionWords, traceCommandLine, traceMarkdown, traceMermaid } from '@vethscope/path';
import { useMemo } from 'react';
import { useExportChoices } from '../export/exportChoices.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { usePageActions } from '../view/PageActions.tsx';

interface ShareProps {
  snapshot: Snapshot;
  trace: Trace;
  changed: boolean;
}

/** The answer to take elsewhere: as a link, as a command, as text for a ticket. */
export function Share({ snapshot, trace, changed }: ShareProps) {
  const { open } = usePageActions();
  const wish = useExportChoices((state) => state.wish);
  const texts = useMemo(
    () => [
      { title: t.explorer.share.markdown, text: traceMarkdown(snapshot, trace) },
      { title: t.explorer.share.mermaid, text: traceMermaid(snapshot, trace) },
    ],
    [snapshot, trace],
  );
  return (
    <div className="grid gap-4 px-4 py-3 lg:grid-cols-2">
      <section className="min-w-0">
        <h3 className="mb-1 text-ink-2 text-xs">{t.explorer.share.link}</h3>
        <CommandLine command={location.href} copyLabel={t.explorer.share.copyLink} doneLabel={t.copied} />
      </section>
      <section className="min-w-0">
        <h3 className="mb-1 text-ink-2 text-xs">{t.explorer.share.cli}</h3>
        <CommandLine
          command={traceCommandLine(questionWords(trace.question))}
          copyLabel={`${t.copy}: ${t.explorer.share.cli}`}
          doneLabel={t.copied}
        />
        {changed && <p className="mt-1 text-ink-2 text-xs">{t.explorer.share.whatIfNote}</p>}
      </section>
      <section className="min-w-0 lg:col-span-2">
        <h3 className="mb-1 text-ink-2 text-xs">{t.pictures.picture}</h3>
        <div className="flex gap-2">
          {(['svg', 'png', 'pdf'] as const).map((format) => (
            <Button
              key={format}
              size="small"
              onClick={() => {
                wish(format);
                open('export');
              }}
            >
              {t.pictures.formats[format]}…
            </Button>
          ))}
        </div>
      </section>
      {texts.map(({ title, text }) => (
        <section key={title} className="min-w-0">
          <div className="mb-1 flex items-center justify-between">
            <h3 className="text-ink-2 text-xs">{title}</h3>
            <CopyButton text={text} label={`${t.copy}: ${title}`} doneLabel={t.copied} />
          </div>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
            tabIndex={0}
            className="max-h-56 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-[11px] leading-[1.5]"
          >
            {text}
          </pre>
        </section>
      ))}
    </div>
  );
}
