import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

interface PopoverPanelProps {
  /** Names the panel for who cannot see it. */
  label: string;
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function PopoverPanel({ label, trigger, children, align = 'end', className, ...state }: PopoverPanelProps) {
  return (
    <Popover.Root {...state}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classes(
            'arrive z-40 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-xl border border-line bg-surface p-4 text-[13px] shadow-(--raised-shadow)',
            className,
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
