import type { PictureFormat } from '@vethscope/picture';
import { create } from 'zustand';
import type { Choices } from './order.ts';

/** What stays from one picture to the next; what it is of does not. */
type Kept = Omit<Choices, 'subject' | 'lens' | 'caption' | 'theme'> & { theme: Choices['theme'] | null };

interface ExportChoices {
  kept: Kept;
  /** The dialog is to begin with the path of the explorer. */
  wantsPath: boolean;
  /** Lets the dialog begin with the path the next time. */
  wish: (format: PictureFormat) => void;
  granted: () => void;
  keep: (part: Partial<Kept>) => void;
}

/** `theme` null: as the page has it. */
export const useExportChoices = create<ExportChoices>()((set) => ({
  kept: {
    format: 'svg',
    theme: null,
    transparent: false,
    scale: '2',
    legend: false,
    maskNames: false,
    maskAddresses: false,
  },
  wantsPath: false,
  wish: (format) => set(({ kept }) => ({ kept: { ...kept, format }, wantsPath: true })),
  granted: () => set({ wantsPath: false }),
  keep: (part) => set(({ kept }) => ({ kept: { ...kept, ...part } })),
}));
