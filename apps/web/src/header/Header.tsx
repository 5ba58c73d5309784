import type { Lens } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import {
  CircleHelp,
  Grid3x3,
  History,
  ImageDown,
  ListTree,
  Map as MapIcon,
  PanelRight,
  Route,
  Rows3,
  ScrollText,
  Shapes,
} from 'lucide-react';
import { lazy, Suspense } from 'react';
import { importAgain } from '../api/importAgain.ts';
import type { Held } from '../api/streamReducer.ts';
import { FindBox } from '../find/FindBox.tsx';
import type { Find } from '../find/find.ts';
import { isProblem } from '../sources/sourceGroups.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { PopoverPanel } from '../ui/PopoverPanel.tsx';
import { Segments } from '../ui/Segments.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import { Tip } from '../ui/Tip.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import type { PageView } from '../view/urlState.ts';
import { AppearanceMenu } from './AppearanceMenu.tsx';
import { ConnectionPill } from './ConnectionPill.tsx';
import { Mark } from './Mark.tsx';

const Legend = lazy(() => importAgain(() => import('../legend/Legend.tsx')));

interface HeaderProps {
  held: Held | null;
  lens: Lens;
  view: PageView;
  find: Find;
  pathOpen: boolean;
  detailsOpen: boolean;
  timelineOpen: boolean;
}

const lensOptions = (['docker', 'linux', 'cnm'] as const).map((lens) => ({
  value: lens,
  text: t.header.lenses[lens],
  hint: t.header.lensHints[lens],
}));

export function Header({ held, lens, view, find, pathOpen, detailsOpen, timelineOpen }: HeaderProps) {
  const { setLens, toggleTree, toggleDetails, openPath, closePath, toggleTimeline, open } = usePageActions();
  const onMap = view === 'map' || view === 'tree';
  const problems = held ? held.snapshot.sources.filter(isProblem).length : 0;
  return (
    <header className="relative z-20 flex h-12 shrink-0 items-center gap-4 border-line border-b bg-surface px-4 max-lg:gap-3 max-lg:px-3">
      <h1 className="flex items-center gap-2 font-semibold text-[15px] tracking-[-0.01em]">
        <Mark />
        <span className="max-xl:sr-only">{t.product}</span>
      </h1>
      {held && <HostTitle snapshot={held.snapshot} />}
      <ConnectionPill held={held} />
      {held && <ViewNav view={view} />}
      {onMap && (
        <div data-tour="lens">
          <Segments label={t.header.lens} value={lens} onChange={setLens} options={lensOptions} />
        </div>
      )}
      <div className="flex min-w-32 flex-1 justify-end xl:min-w-52">
        <FindBox find={find} snapshot={held?.snapshot ?? null} />
      </div>
      <nav aria-label={t.header.help} className="flex items-center gap-2 max-xl:gap-1">
        {held && (
          <>
            <HeaderButton
              first
              text={t.explorer.title}
              hint={t.explorer.views.pathHint}
              keys="P"
              pressed={pathOpen}
              onClick={pathOpen ? closePath : openPath}
            >
              <Route size={16} aria-hidden />
            </HeaderButton>
            <HeaderButton
              text={t.header.tree}
              hint={t.header.treeHint}
              keys="T"
              pressed={view === 'tree'}
              onClick={toggleTree}
            >
              <ListTree size={16} aria-hidden />
            </HeaderButton>
            <HeaderButton
              text={t.timeline.title}
              hint={t.timeline.hint}
              keys="H"
              pressed={timelineOpen}
              onClick={toggleTimeline}
            >
              <History size={16} aria-hidden />
            </HeaderButton>
            <HeaderButton text={t.header.sources} hint={t.header.sourcesHint} onClick={() => open('sources')}>
              <Rows3 size={16} aria-hidden />
              {problems > 0 && (
                <span className="absolute top-1 right-1 2xl:static">
                  <StatusDot tone="warn" />
                </span>
              )}
            </HeaderButton>
          </>
        )}
        <PopoverPanel
          label={t.legend.title}
          className="w-[22rem]"
          trigger={
            <Button className="max-2xl:size-8 max-2xl:px-0" title={t.header.legendHint}>
              <Shapes size={16} aria-hidden className="2xl:hidden" />
              <span className="max-2xl:sr-only">{t.header.legend}</span>
            </Button>
          }
        >
          <Suspense fallback={null}>
            <Legend />
          </Suspense>
        </PopoverPanel>
        {held && (
          <Tip text={t.pictures.hint} keys="E">
            <Button look="ghost" size="icon" aria-label={t.pictures.title} onClick={() => open('export')}>
              <ImageDown size={16} aria-hidden />
            </Button>
          </Tip>
        )}
        <AppearanceMenu />
        <Tip text={t.header.help} keys="?">
          <Button look="ghost" size="icon" aria-label={t.header.help} onClick={() => open('help')}>
            <CircleHelp size={16} aria-hidden />
          </Button>
        </Tip>
        {held && (
          <Tip text={t.header.panel} keys="I">
            <Button
              look="ghost"
              size="icon"
              aria-label={t.header.panel}
              aria-pressed={detailsOpen}
              onClick={toggleDetails}
            >
              <PanelRight size={16} aria-hidden />
            </Button>
          </Tip>
        )}
      </nav>
    </header>
  );
}

const views = [
  { view: 'map', keys: 'M', icon: MapIcon },
  { view: 'rules', keys: 'R', icon: ScrollText },
  { view: 'reach', keys: 'W', icon: Grid3x3 },
] as const;

/** Which of the page's views of this host is seen. */
function ViewNav({ view }: { view: PageView }) {
  const { setView } = usePageActions();
  return (
    <nav aria-label={t.explorer.views.label} className="flex shrink-0 items-center gap-0.5">
      {views.map(({ view: each, keys, icon: Icon }) => {
        const current = view === each || (each === 'map' && view === 'tree');
        return (
          <Tip key={each} text={t.explorer.views[`${each}Hint`]} keys={keys}>
            <Button
              look="ghost"
              className="max-xl:size-8 max-xl:px-0 xl:px-2 xl:[&>svg]:hidden aria-[current]:text-ink-1 aria-[current]:underline aria-[current]:decoration-2 aria-[current]:decoration-accent aria-[current]:underline-offset-[9px]"
              aria-current={current ? 'page' : undefined}
              onClick={() => setView(each)}
            >
              <Icon size={16} aria-hidden />
              <span className="max-xl:sr-only">{t.explorer.views[each]}</span>
            </Button>
          </Tip>
        );
      })}
    </nav>
  );
}

/** "devbox · Docker 28.5 · iptables-nft": what may be cut off first stands last. */
function HostTitle({ snapshot }: { snapshot: Snapshot }) {
  const { host, engine } = snapshot;
  const version = engine ? `Docker ${engine.version.split('.').slice(0, 2).join('.')}` : t.header.noEngine;
  const details = [version, engine?.firewall].filter(Boolean).join(' · ');
  return (
    <p
      className="flex min-w-0 shrink items-baseline gap-1.5 overflow-hidden whitespace-nowrap"
      title={`${host.hostname} · ${details}`}
    >
      <span className="max-w-40 shrink-0 truncate font-semibold max-xl:shrink">{host.hostname}</span>
      <span className="truncate text-ink-2 max-xl:hidden">· {details}</span>
    </p>
  );
}

interface HeaderButtonProps {
  text: string;
  hint: string;
  keys?: string;
  pressed?: boolean;
  first?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

/** Words where there is room, the icon where there is not: the way of a packet is said in words sooner than what is opened beside it. */
function HeaderButton({ text, hint, keys, pressed, first = false, onClick, children }: HeaderButtonProps) {
  return (
    <Tip text={hint} {...(keys ? { keys } : {})}>
      <Button
        className={classes(
          'relative',
          first ? 'max-xl:size-8 max-xl:px-0 xl:[&>svg]:hidden' : 'max-2xl:size-8 max-2xl:px-0 2xl:[&>svg]:hidden',
        )}
        onClick={onClick}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        {children}
        <span className={first ? 'max-xl:sr-only' : 'max-2xl:sr-only'}>{text}</span>
      </Button>
    </Tip>
  );
}
