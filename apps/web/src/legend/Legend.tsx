import type { ReactNode } from 'react';
import { t } from '../text/text.ts';
import { hueFill, hueLine } from '../theme/hues.ts';
import { type DotTone, StatusDot } from '../ui/StatusDot.tsx';

/** What the shapes and colours mean. Drawn, not described. */
export default function Legend() {
  const states: [DotTone, string][] = [
    ['good', t.legend.running],
    ['warn', t.legend.unsure],
    ['bad', t.legend.dead],
    ['quiet', t.legend.stopped],
  ];
  return (
    <>
      <Group title={t.legend.things}>
        <Line words={t.legend.bar}>
          <rect x="1" y="6" width="54" height="12" rx="6" fill={hueFill(1)} stroke={hueLine(1)} strokeWidth="1.5" />
        </Line>
        <Line words={t.legend.internal}>
          <rect
            x="1"
            y="6"
            width="54"
            height="12"
            rx="6"
            fill={hueFill(2)}
            stroke={hueLine(2)}
            strokeWidth="1.5"
            strokeDasharray="4 2.5"
          />
        </Line>
        <Line words={t.legend.card}>
          <rect x="4" y="1" width="48" height="22" rx="5" className="fill-surface stroke-line-strong" />
          <circle cx="12" cy="9" r="2.5" className="fill-good" />
          <path d="M18 9h20M10 16h18" className="stroke-ink-3" strokeWidth="2" strokeLinecap="round" />
        </Line>
        <Line words={t.legend.plug}>
          <rect
            x="14"
            y="6"
            width="28"
            height="12"
            rx="6"
            className="fill-surface"
            stroke={hueLine(1)}
            strokeWidth="1.5"
          />
          <text x="28" y="15" textAnchor="middle" className="fill-ink-1 font-mono text-[8px]">
            .2
          </text>
        </Line>
        <Line words={t.legend.port}>
          <rect
            x="8"
            y="5"
            width="40"
            height="14"
            rx="7"
            className="fill-surface"
            stroke={hueLine(1)}
            strokeWidth="1.5"
          />
          <text x="28" y="15" textAnchor="middle" className="fill-ink-1 font-mono text-[8px]">
            8080
          </text>
        </Line>
      </Group>
      <Group title={t.legend.lines}>
        <Line words={t.legend.drop}>
          <path d="M1 12h18" stroke={hueLine(1)} strokeWidth="1.5" />
          <path d="M19 12h18" stroke={hueLine(1)} strokeWidth="3" />
          <path d="M37 12h18" stroke={hueLine(1)} strokeWidth="5" />
        </Line>
        <Line words={t.legend.publish}>
          <path d="M1 7h26v10h28" fill="none" stroke={hueLine(1)} strokeWidth="1.5" />
        </Line>
        <Line words={t.legend.proxy}>
          <path d="M1 7h26v10h28" fill="none" stroke={hueLine(1)} strokeWidth="1.5" strokeDasharray="4 3" />
        </Line>
      </Group>
      <Group title={t.legend.states}>
        {states.map(([tone, words]) => (
          <li key={tone} className="flex items-center gap-3 py-0.5">
            <span className="flex w-14 justify-center">
              <StatusDot tone={tone} />
            </span>
            {words}
          </li>
        ))}
      </Group>
      <p className="border-line border-t pt-3 text-ink-2 text-xs">
        {t.legend.hue} {t.legend.far}
      </p>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-3">
      <h3 className="mb-1 text-ink-2 text-xs">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function Line({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-3 py-0.5">
      <svg width="56" height="24" viewBox="0 0 56 24" aria-hidden className="shrink-0">
        {children}
      </svg>
      {words}
    </li>
  );
}
