import { lazy, Suspense } from 'react';
import { importAgain } from '../api/importAgain.ts';
import type { Held } from '../api/streamReducer.ts';
import { Bone } from '../ui/Bone.tsx';
import { Overview } from './Overview.tsx';

const Thing = lazy(() => importAgain(() => import('./Thing.tsx')));

/** What is known of the selected thing; of the host, where nothing is selected. */
export function Inspector({
  held,
  selection,
  hues,
}: {
  held: Held;
  selection: string | null;
  hues: ReadonlyMap<string, number>;
}) {
  return (
    <div
      id="details"
      data-tour="details"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="h-full overflow-y-auto overscroll-contain bg-surface px-4 pt-4 pb-8 -outline-offset-2"
    >
      {selection === null ? (
        <Overview held={held} hues={hues} />
      ) : (
        <Suspense fallback={<ThingSkeleton />}>
          <Thing key={selection} held={held} selection={selection} />
        </Suspense>
      )}
    </div>
  );
}

function ThingSkeleton() {
  return (
    <div aria-hidden className="space-y-3">
      <Bone className="h-5 w-40" />
      <Bone className="h-4 w-56" />
      <Bone className="h-28" />
      <Bone className="h-40" />
    </div>
  );
}
