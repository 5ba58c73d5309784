import { questionWords, traceCommandLine, traceMarkdown, traceMermaid, type WhatIf } from '@vethscope/path';
import { useMemo } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { useExportChoices } from '../export/exportChoices.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import type { PathAnswer } from './pathMessages.ts';
import { usePathAnswer } from './usePathAnswer.ts';

interface ShareProps {
  held: Held;
  answer: PathAnswer;
  changes: readonly WhatIf[];
}

/** The answer to take elsewhere: as a link, as a command, as text for a ticket. */
export function Share({ held, answer, changes }: ShareProps) {
  const { snapshot } = held;
  const { question } = answer;
  // Texts for others are English, as the command line's are: in a page of another language they take another answer.
  const { data } = usePathAnswer(held, { question, changes, language: 'en' });
  const trace = data ? (data.otherwise ?? data.trace) : null;
  const { open } = usePageActions();
  const wish = useExportChoices((state) => state.wish);
  const texts = useMemo(
    () =>
      trace === null
        ? []
        : [
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
          command={traceCommandLine(questionWords(question))}
          copyLabel={`${t.copy}: ${t.explorer.share.cli}`}
          doneLabel={t.copied}
        />
        {answer.otherwise !== null && <p className="mt-1 text-ink-2 text-xs">{t.explorer.share.whatIfNote}</p>}
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
