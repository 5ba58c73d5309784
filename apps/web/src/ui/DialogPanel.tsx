import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';

interface DialogPanelProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  closeLabel: string;
  children: ReactNode;
  className?: string;
}

export function DialogPanel({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  children,
  className,
}: DialogPanelProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade fixed inset-0 z-40 bg-[rgb(14_17_23/35%)]" />
        <Dialog.Content
          className={classes(
            'arrive fixed top-[9vh] left-1/2 z-50 flex max-h-[82vh] w-[min(640px,calc(100vw-32px))] -translate-x-1/2 flex-col rounded-2xl border border-line bg-surface shadow-(--raised-shadow) outline-none',
            className,
          )}
        >
          <header className="flex items-start gap-4 border-line border-b px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="font-semibold text-[15px]">{title}</Dialog.Title>
              <Dialog.Description className="mt-0.5 text-[13px] text-ink-2">{description}</Dialog.Description>
            </div>
            <Dialog.Close asChild>
              <Button look="ghost" size="icon" aria-label={closeLabel} className="-mt-1 -mr-2">
                <X size={16} aria-hidden />
              </Button>
            </Dialog.Close>
          </header>
          <div
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
            tabIndex={0}
            className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-b-2xl px-5 py-4"
          >
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
