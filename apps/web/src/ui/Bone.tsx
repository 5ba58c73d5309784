import { classes } from './classes.ts';

/** A part of a page that is not there yet, in its size. */
export function Bone({ className }: { className?: string }) {
  return <span aria-hidden className={classes('pulse block rounded-md bg-line/60', className)} />;
}
