import { t } from '../text/text.ts';
import { Bone } from '../ui/Bone.tsx';

/** The page before the first picture: its shape, with nothing invented in it. */
export function PageSkeleton() {
  return (
    <div className="flex min-h-0 flex-1" aria-busy>
      <p role="status" className="sr-only">
        {t.page.loading}
      </p>
      <div aria-hidden className="relative min-w-0 flex-1 overflow-hidden p-6">
        <div className="absolute top-[20%] left-6 flex flex-col gap-24">
          <Bone className="h-12 w-28 rounded-xl" />
          <Bone className="h-12 w-28 rounded-xl" />
        </div>
        <div className="ml-44 flex h-full flex-col gap-14 rounded-2xl border border-line bg-surface/60 p-10">
          {[4, 3, 2].map((cards) => (
            <div key={cards}>
              <Bone className="h-[18px] rounded-full" />
              <div className="mt-12 flex gap-10">
                {Array.from({ length: cards }, (_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: bones have no names
                  <Bone key={index} className="h-16 w-36 rounded-xl" />
                ))}
              </div>
            </div>
          ))}
        </div>
      </div>
      <div aria-hidden className="w-[330px] shrink-0 space-y-3 border-line border-l bg-surface p-4 max-md:hidden">
        <Bone className="h-5 w-40" />
        <Bone className="h-4 w-56" />
        <Bone className="mt-6 h-28" />
        <Bone className="h-4 w-24" />
        <Bone className="h-40" />
      </div>
    </div>
  );
}
