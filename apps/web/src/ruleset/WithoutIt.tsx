import { useQuery } from '@tanstack/react-query';
import type { Disposition } from '@vethscope/model';
import type { ChangedAnswer } from '@vethscope/path';
import { useState } from 'react';
import { language, t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { type DotTone, StatusDot } from '../ui/StatusDot.tsx';
import { askWithout } from './askWithout.ts';
import { useBookActions } from './bookActions.ts';

/** So many are read; of the rest their number says enough. */
const shownChanges = 12;

/** What would change if the rule were not there. Asked for when somebody wants to know: it is some thousand traces. */
export function WithoutIt({ rule, near }: { rule: string; near: readonly string[] }) {
  const { snapshot } = useBookActions();
  const [asked, setAsked] = useState<typeof snapshot | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ['withoutRule', rule, asked?.readAt],
    queryFn: ({ signal }) => (asked ? askWithout({ snapshot: asked, rule, near, language }, signal) : null),
    enabled: asked !== null,
  });
  if (asked === null)
    return (
      <Button size="small" onClick={() => setAsked(snapshot)}>
        {t.ruleset.whatIf.ask}
      </Button>
    );
  return (
    <div aria-live="polite">
      <p className="mb-1.5 text-ink-2">{t.ruleset.whatIf.title}</p>
      {isPending && <p className="pulse text-ink-2">{t.ruleset.whatIf.asking}</p>}
      {error && (
        <p role="alert" className="text-bad-ink">
          {t.ruleset.whatIf.failed}: {error.message}
        </p>
      )}
      {data && (
        <>
          {data.all === 0 && <p>{t.ruleset.whatIf.noQuestions}</p>}
          {data.all > 0 && data.changed.length === 0 && <p>{t.ruleset.whatIf.nothing(data.asked)}</p>}
          <ul className="flex flex-col gap-1">
            {data.changed.slice(0, shownChanges).map((change) => (
              <Change key={`${change.from} ${change.to}`} change={change} />
            ))}
          </ul>
          {data.all > 0 && (
            <p className="mt-1.5 text-ink-2">
              {data.changed.length > shownChanges && `${t.ruleset.moreCallers(data.changed.length - shownChanges)}. `}
              {data.asked < data.all ? t.ruleset.whatIf.cut(data.asked, data.all) : t.ruleset.whatIf.asked(data.asked)}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Change({ change: { from, to, question, before, after } }: { change: ChangedAnswer }) {
  const { onAsk } = useBookActions();
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <button
        type="button"
        onClick={() => onAsk(question)}
        className="rounded-sm font-mono text-[11.5px] underline decoration-line-strong underline-offset-[3px] hover:decoration-current"
      >
        {from} → {to}
      </button>
      <End disposition={before.disposition} sentence={before.sentence} />
      <span aria-hidden className="text-ink-2">
        →
      </span>
      <End disposition={after.disposition} sentence={after.sentence} />
    </li>
  );
}

function toneOf(disposition: Disposition): DotTone {
  switch (disposition) {
    case 'delivered':
    case 'leftHost':
      return 'good';
    case 'unknown':
      return 'quiet';
    case 'refused':
    case 'dropped':
    case 'rejected':
    case 'noRoute':
    case 'notForwarded':
    case 'neighborUnreachable':
    case 'unresolved':
    case 'loop':
    case 'noReply':
      return 'bad';
  }
}

function End({ disposition, sentence }: { disposition: Disposition; sentence: string }) {
  return (
    <span title={sentence} className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusDot tone={toneOf(disposition)} />
      {t.reach.words[disposition]}
    </span>
  );
}
