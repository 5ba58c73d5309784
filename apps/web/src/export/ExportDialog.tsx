import type { Box } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { useEffect, useMemo, useState } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { useTheme } from '../appearance/theme.ts';
import { t } from '../text/text.ts';
import { DialogPanel } from '../ui/DialogPanel.tsx';
import type { Seen } from '../view/useTopology.ts';
import { exportCommandLine } from './commandLine.ts';
import { useExportChoices } from './exportChoices.ts';
import { FileActions } from './FileActions.tsx';
import { fileEndings, fileStem, typedStem } from './fileName.ts';
import { Options } from './Options.tsx';
import { type Choices, isDrawn, type OnPage, orderOf } from './order.ts';
import { Preview } from './Preview.tsx';
import { selectedIds } from './subjects.ts';
import { usePathOfPage } from './usePathOfPage.ts';
import { usePictureFile } from './usePictureFile.ts';

interface ExportDialogProps {
  held: Held;
  seen: Seen;
  selection: string | null;
  /** What the shown is compared with. */
  before: Snapshot | null;
  /** The part of the layout that is in view; null where no map is. */
  view: () => Box | null;
  onOpenChange: (open: boolean) => void;
}

/** Makes a file of what is shown: at the left what it is to be, at the right what it will be. */
export default function ExportDialog({ onOpenChange, ...page }: ExportDialogProps) {
  // The picture does not change below the hand of who chooses: the host goes on, and the next picture shows it.
  const [{ held, seen, selection, before, box }] = useState(() => ({ ...page, box: page.view() }));
  const { snapshot } = held;
  const { graph, layout } = seen;
  const pageTheme = useTheme();
  const { kept, wantsPath, granted, keep } = useExportChoices();
  const [own, setOwn] = useState(
    () =>
      ({
        subject: wantsPath ? ({ kind: 'path' } as const) : ({ kind: 'whole' } as const),
        lens: graph.lens,
        caption: '',
      }) as Pick<Choices, 'subject' | 'lens' | 'caption'>,
  );
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(granted, [granted]);
  const path = usePathOfPage(held);
  const trace = path?.trace ?? null;
  const choices = useMemo<Choices>(() => ({ ...kept, ...own, theme: kept.theme ?? pageTheme }), [kept, own, pageTheme]);
  const onPage = useMemo<OnPage>(
    () => ({
      view: box && { layout, box },
      selection: selectedIds(snapshot, graph, selection),
      path: path && trace && { trace, from: path.from, to: path.to },
      before,
    }),
    [snapshot, graph, layout, box, selection, path, trace, before],
  );
  const hues = useMemo(() => Object.fromEntries(seen.hues), [seen.hues]);
  const order = useMemo(() => orderOf(choices, onPage, hues), [choices, onPage, hues]);
  const { work, cancel, again } = usePictureFile(snapshot, order);

  const change = (part: Partial<Choices>) => {
    // A difference is shown, not told: the words of it are in the list beside the map.
    const shown = part.subject?.kind === 'difference' && !isDrawn(choices.format);
    apply(shown ? { ...part, format: 'svg' } : part);
  };
  const apply = ({ subject, lens, caption, ...rest }: Partial<Choices>) => {
    keep(rest);
    if (subject === undefined && lens === undefined && caption === undefined) return;
    setOwn((before) => {
      const next = {
        subject: subject ?? before.subject,
        lens: lens ?? before.lens,
        caption: caption ?? before.caption,
      };
      // The view is of the lens that the page has.
      if (subject?.kind === 'view') return { ...next, lens: graph.lens };
      return lens && lens !== graph.lens && next.subject.kind === 'view'
        ? { ...next, subject: { kind: 'whole' } }
        : next;
    });
  };

  const { finished } = work;
  const stem = finished ? fileStem({ ...finished, readAt: snapshot.readAt }) : '';
  const file = `${(typed === null ? null : typedStem(typed)) ?? stem}${fileEndings[choices.format]}`;
  const command = exportCommandLine(choices, { file, path: path?.plain ? path : null });
  return (
    <DialogPanel
      open
      onOpenChange={onOpenChange}
      title={t.pictures.title}
      description={t.pictures.description}
      closeLabel={t.close}
      className="top-[5vh]! max-h-[90vh]! w-[min(1120px,calc(100vw-32px))]!"
    >
      <div className="grid gap-x-5 gap-y-4 md:grid-cols-[286px_minmax(0,1fr)]">
        <Options
          snapshot={snapshot}
          choices={choices}
          onPage={onPage}
          path={path}
          selection={selection}
          onChange={change}
        />
        <div className="flex min-w-0 flex-col gap-3">
          <Preview
            work={work}
            format={choices.format}
            waitsForPath={order === null}
            onCancel={cancel}
            onAgain={again}
          />
          <FileActions
            finished={work.phase === 'done' && finished?.order === order ? finished : null}
            file={file}
            stem={typed ?? stem}
            ending={fileEndings[choices.format]}
            command={command}
            onStem={setTyped}
          />
        </div>
      </div>
    </DialogPanel>
  );
}
