import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

type ButtonProps = ComponentProps<'button'> & {
  look?: 'outline' | 'ghost' | 'accent';
  size?: 'normal' | 'small' | 'icon' | 'smallIcon';
};

const looks = {
  outline: 'border border-line bg-surface text-ink-1 hover:border-line-strong hover:bg-sunken',
  ghost: 'border border-transparent text-ink-2 hover:bg-sunken hover:text-ink-1',
  // A shade darker than the accent itself, on which white has a contrast of 4.49 only.
  accent: 'border border-accent bg-[color-mix(in_srgb,var(--accent)_94%,black)] text-on-accent hover:brightness-105',
};

const sizes = {
  normal: 'h-8 gap-1.5 px-3 text-[13px] rounded-lg',
  small: 'h-6 gap-1 px-2 text-xs rounded-md',
  icon: 'size-8 rounded-lg',
  smallIcon: 'size-6 rounded-md',
};

/** `aria-pressed` and `data-state="open"` (set by a popover) show it as held down. */
export function Button({ look = 'outline', size = 'normal', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(
        'inline-flex shrink-0 items-center justify-center whitespace-nowrap font-medium transition-colors',
        'disabled:pointer-events-none disabled:opacity-55',
        'aria-pressed:border-line-strong aria-pressed:bg-sunken data-[state=open]:border-line-strong data-[state=open]:bg-sunken',
        looks[look],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
