import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

/** Words for what has none on it. `keys` as a hint of the shortcut. The trigger has to take a ref, as a button does. */
export function Tip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink-1 px-2 py-1 text-surface text-xs shadow-(--raised-shadow)"
        >
          {text}
          {keys && <kbd className="font-mono text-[11px] opacity-70">{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export function TipProvider({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Tooltip.Provider>
  );
}
