import { type ReactNode, useId } from 'react';

export function Section({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-5">
      <div className="mb-1.5 flex min-h-5 items-center justify-between gap-2">
        <h3 id={id} className="text-ink-2 text-xs">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
