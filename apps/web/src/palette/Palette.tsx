import { type Lens, lenses } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { type ReactNode, useMemo, useState } from 'react';
import { chooseTheme, themeChoices } from '../appearance/theme.ts';
import { palettePaths } from '../explorer/palettePaths.ts';
import { shownKeys } from '../help/shortcuts.ts';
import { chooseRecording } from '../recordings/chooseRecording.ts';
import { t } from '../text/text.ts';
import { Keys } from '../ui/Keys.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import type { ContainerDots } from '../view/containerDots.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { pageViews } from '../view/urlState.ts';
import { matchItems, type PaletteGroup, paletteItems } from './paletteItems.ts';

interface PaletteProps {
  snapshot: Snapshot;
  dots: ContainerDots;
  hiding: boolean;
}

interface Action {
  text: string;
  keys?: string;
  run: () => void;
}

/** Go to anything, or do anything, by typing a part of its name. */
export default function Palette({ snapshot, dots, hiding }: PaletteProps) {
  const actions = usePageActions();
  const { open, select, setFind, setHide, askPath } = actions;
  const [words, setWords] = useState('');
  const items = useMemo(() => paletteItems(snapshot, dots), [snapshot, dots]);
  const groups = matchItems(items, words);
  const asked = words.trim();
  const paths = useMemo(() => palettePaths(snapshot, asked), [snapshot, asked]);
  const can = usePaletteActions(hiding).filter(({ text }) => text.toLowerCase().includes(asked.toLowerCase()));
  const run = (action: () => void) => {
    open(null);
    action();
  };
  return (
    <Dialog.Root open onOpenChange={(next) => !next && open(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade fixed inset-0 z-40 bg-[rgb(14_17_23/35%)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="arrive fixed top-[12vh] left-1/2 z-50 w-[min(600px,calc(100vw-32px))] -translate-x-1/2 overflow-hidden rounded-2xl border border-line bg-surface shadow-(--raised-shadow) outline-none"
        >
          <Dialog.Title className="sr-only">{t.palette.title}</Dialog.Title>
          <Command shouldFilter={false} loop label={t.palette.title}>
            <Command.Input
              value={words}
              onValueChange={setWords}
              placeholder={t.palette.placeholder}
              className="h-12 w-full border-line border-b bg-transparent px-4 text-[15px] outline-none placeholder:text-ink-2"
            />
            <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto overscroll-contain p-2">
              <Command.Empty className="px-3 py-6 text-center text-ink-2">{t.palette.empty}</Command.Empty>
              {(['containers', 'networks', 'ports', 'links'] satisfies PaletteGroup[]).map((group) => {
                const found = groups.get(group);
                if (!found || (asked === '' && group === 'links')) return null;
                return (
                  <Group key={group} heading={t.palette.groups[group]}>
                    {found.map(({ record, text, note, tone }) => (
                      <Item key={record} value={record} onSelect={() => run(() => select(record, { reveal: true }))}>
                        {tone && <StatusDot tone={tone} />}
                        <span className="shrink-0 font-medium">{text}</span>
                        <span className="min-w-0 flex-1 truncate text-right font-mono text-[11.5px] text-ink-2">
                          {note}
                        </span>
                      </Item>
                    ))}
                  </Group>
                );
              })}
              {paths.length > 0 && (
                <Group heading={t.explorer.palette.group}>
                  {paths.map(({ text, note, words: question }) => (
                    <Item
                      key={`${question.proto} ${text}`}
                      value={`path ${question.proto} ${text}`}
                      onSelect={() => run(() => setTimeout(() => askPath(question)))}
                    >
                      <span className="shrink-0">{text}</span>
                      <span className="min-w-0 flex-1 truncate text-right text-ink-2 text-xs">{note}</span>
                    </Item>
                  ))}
                </Group>
              )}
              {can.length > 0 && (
                <Group heading={t.palette.groups.actions}>
                  {can.map(({ text, keys, run: act }) => (
                    <Item key={text} value={text} onSelect={() => run(act)}>
                      <span className="flex-1">{text}</span>
                      {keys && <Keys keys={shownKeys(keys)} />}
                    </Item>
                  ))}
                </Group>
              )}
              {asked !== '' && (
                <Group heading={t.palette.groups.find}>
                  <Item value="find" onSelect={() => run(() => setFind(asked))}>
                    {t.palette.findIt(asked)}
                  </Item>
                  <Item value="hide" onSelect={() => run(() => setHide(asked))}>
                    {t.palette.hideIt(asked)}
                  </Item>
                </Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function usePaletteActions(hiding: boolean): Action[] {
  const {
    setLens,
    setView,
    openPath,
    setHide,
    toggleTree,
    toggleDetails,
    fit,
    zoomBy,
    unpinAll,
    focusFind,
    open,
    toggleTimeline,
  } = usePageActions();
  const words = t.palette.actions;
  const viewKeys = { map: 'M', rules: 'R', reach: 'W' };
  const lensKeys: Record<Lens, string> = { docker: '1', linux: '2', cnm: '3' };
  return [
    // After the palette has given the focus back.
    { text: t.explorer.palette.open, keys: 'P', run: () => setTimeout(openPath) },
    ...pageViews
      .filter((view) => view !== 'tree')
      .map((view) => ({
        text: t.explorer.palette.view(t.explorer.views[view]),
        keys: viewKeys[view],
        run: () => setView(view),
      })),
    ...lenses.map((lens) => ({
      text: t.palette.lens(t.header.lenses[lens]),
      keys: lensKeys[lens],
      run: () => setLens(lens),
    })),
    { text: words.fit, keys: 'F', run: fit },
    { text: words.zoomIn, keys: '+', run: () => zoomBy(1.25) },
    { text: words.zoomOut, keys: '-', run: () => zoomBy(0.8) },
    // After the palette has given the focus back.
    { text: words.find, keys: '/', run: () => setTimeout(focusFind) },
    hiding
      ? { text: words.showAll, run: () => setHide('') }
      : { text: words.hideStopped, run: () => setHide('is:stopped') },
    { text: words.tree, keys: 'T', run: toggleTree },
    { text: words.panel, keys: 'I', run: toggleDetails },
    { text: t.timeline.toggle, keys: 'H', run: toggleTimeline },
    { text: t.pictures.open, keys: 'E', run: () => open('export') },
    { text: t.recordings.save, run: () => open('saveRecording') },
    { text: t.recordings.open, run: chooseRecording },
    { text: words.sources, run: () => open('sources') },
    { text: words.unpin, run: unpinAll },
    ...themeChoices.map((choice) => ({
      text: t.palette.theme(t.header.themes[choice]),
      run: () => chooseTheme(choice),
    })),
    { text: words.help, keys: '?', run: () => open('help') },
    { text: words.tour, run: () => open('tour') },
  ];
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-2 [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 cursor-pointer items-center gap-2.5 rounded-lg px-2 data-[selected=true]:bg-accent-fill"
    >
      {children}
    </Command.Item>
  );
}
