import { t } from '../text/text.ts';
import { Section } from './Section.tsx';

/** What the agent writes instead of a value whose key looks secret. */
const mask = '***';

export function Labels({ labels }: { labels: readonly { key: string; value: string }[] }) {
  if (labels.length === 0) return null;
  return (
    <Section title={t.inspect.labels(labels.length)}>
      <dl className="space-y-1 font-mono text-[11px] leading-[1.5]">
        {labels.map(({ key, value }) => (
          <div key={key}>
            <dt className="break-all text-ink-2">{key}</dt>
            <dd className="break-all pl-3">
              {value.includes(mask) ? (
                <span title={t.inspect.maskedWhy} className="rounded border border-line bg-sunken px-1 text-ink-2">
                  {value === mask ? t.inspect.masked : value}
                </span>
              ) : (
                value || '""'
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
