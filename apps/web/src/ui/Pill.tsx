import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { type DotTone, StatusDot } from './StatusDot.tsx';

/** A dot and its word. */
export function Pill({
  tone,
  pulse = false,
  className,
  children,
  ...rest
}: ComponentProps<'span'> & { tone: DotTone; pulse?: boolean }) {
  return (
    <span
      className={classes(
        'inline-flex h-6 shrink-0 items-center gap-2 whitespace-nowrap rounded-full border border-line bg-surface pr-2.5 pl-2 text-xs',
        className,
      )}
      {...rest}
    >
      <StatusDot tone={tone} ring pulse={pulse} />
      {children}
    </span>
  );
}
