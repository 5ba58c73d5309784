import type { ContainerDot } from '@vethscope/graph';

/** Shape as well as colour: full for running, ring for what does not run, so that the dot reads without colour. */
export function Dot({ dot }: { dot: ContainerDot }) {
  return <span aria-hidden="true" className={`vt-dot vt-dot-${dot}`} />;
}
