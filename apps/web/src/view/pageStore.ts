import type { Pins, Point } from '@vethscope/graph';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What belongs to this person's screen and not to the view that a link shows. */
interface PageState {
  /** By host, since two hosts may be seen through one address. */
  pins: Record<string, Pins>;
  detailsOpen: boolean;
  detailsWidth: number;
  treeWidth: number;
  /** Of the path explorer, in pixels. */
  pathHeight: number;
  tourSeen: boolean;
  /** The strip of time below the map. */
  timelineOpen: boolean;
  /** Of the list of what is different, in pixels. */
  changesWidth: number;
  /** The words of the banner that was dismissed: other words are shown again. Not kept over a reload. */
  dismissedBanner: string | null;
  pin: (host: string, nodeId: string, at: Point | null) => void;
  unpinAll: (host: string) => void;
  set: (part: Partial<Omit<PageState, 'pin' | 'unpinAll' | 'set'>>) => void;
}

function withPin(pins: Pins, nodeId: string, at: Point | null): Pins {
  const { [nodeId]: _before, ...others } = pins;
  return at === null ? others : { ...others, [nodeId]: at };
}

export const usePageStore = create<PageState>()(
  persist(
    (set) => ({
      pins: {},
      detailsOpen: true,
      detailsWidth: 330,
      treeWidth: 320,
      pathHeight: 400,
      tourSeen: false,
      timelineOpen: false,
      changesWidth: 300,
      dismissedBanner: null,
      pin: (host, nodeId, at) =>
        set((state) => ({ pins: { ...state.pins, [host]: withPin(state.pins[host] ?? {}, nodeId, at) } })),
      unpinAll: (host) => set((state) => ({ pins: { ...state.pins, [host]: {} } })),
      set: (part) => set(part),
    }),
    {
      name: 'vethscope-page',
      version: 1,
      partialize: ({
        pins,
        detailsOpen,
        detailsWidth,
        treeWidth,
        pathHeight,
        tourSeen,
        timelineOpen,
        changesWidth,
      }) => ({
        pins,
        detailsOpen,
        detailsWidth,
        treeWidth,
        pathHeight,
        tourSeen,
        timelineOpen,
        changesWidth,
      }),
    },
  ),
);
