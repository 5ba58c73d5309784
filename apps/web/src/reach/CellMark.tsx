import { type Disposition, dispositions } from '@vethscope/model';

type Tone = 'good' | 'warn' | 'bad';

/** A path that ends elsewhere than asked, or that nobody can tell, is neither good nor bad. */
const tones: Record<Disposition, Tone> = {
  delivered: 'good',
  leftHost: 'warn',
  refused: 'bad',
  dropped: 'bad',
  rejected: 'bad',
  noRoute: 'bad',
  notForwarded: 'bad',
  neighborUnreachable: 'bad',
  unresolved: 'bad',
  loop: 'bad',
  noReply: 'bad',
  unknown: 'warn',
};

/** Each disposition has a shape of its own, so that none is told by its colour alone. */
const shapes: Record<Disposition, string> = {
  delivered: 'M3.5 8.5l3 3 6-7',
  leftHost: 'M4.5 11.5l7-7M6 4.5h5.5V10',
  refused: 'M8 2.8a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4M5.4 8h5.2',
  dropped: 'M4 4l8 8M12 4l-8 8',
  rejected: 'M2.8 2.8h10.4v10.4H2.8zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  noRoute: 'M1.8 8h3.4M10.8 8h3.4M6.6 11.5l2.8-7',
  notForwarded: 'M2.5 8h7M7 5.2L9.8 8L7 10.8M13 3.5v9',
  neighborUnreachable: 'M8 2.8a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4',
  unresolved: 'M8 2.8a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4M3.2 12.8l9.6-9.6',
  loop: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M12.9 2.2v2.9H10',
  noReply: 'M13 4.5H5.5a2.8 2.8 0 0 0 0 5.6H7M11 2.5l2 2l-2 2M9.5 12l2.6-2.6M12.1 12L9.5 9.4',
  unknown: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M8 12.4v.1',
};
const dotted: ReadonlySet<Disposition> = new Set(['neighborUnreachable']);

const symbolId = (disposition: Disposition) => `reach-${disposition}`;

/** The shapes, drawn once: cells point at them. */
export function CellMarks() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden>
      <title />
      {dispositions.map((disposition) => (
        <symbol key={disposition} id={symbolId(disposition)} viewBox="0 0 16 16">
          <path
            d={shapes[disposition]}
            fill="none"
            stroke="currentColor"
            strokeWidth={disposition === 'delivered' ? 2 : 1.6}
            strokeLinecap="round"
            strokeLinejoin="round"
            strokeDasharray={dotted.has(disposition) ? '1.6 2.5' : undefined}
          />
        </symbol>
      ))}
    </svg>
  );
}

export function CellMark({ disposition, size = 14 }: { disposition: Disposition; size?: number }) {
  return (
    <svg width={size} height={size} aria-hidden className="shrink-0">
      <use href={`#${symbolId(disposition)}`} />
    </svg>
  );
}

const inks: Record<Tone, string> = { good: 'text-good-ink', warn: 'text-warn-ink', bad: 'text-bad-ink' };
/** Most of a host is kept apart, and means to be: only what goes through is filled, so that a pattern is seen and not a wall of red. */
const fills: Record<Tone, string> = { good: 'bg-good-fill', warn: 'bg-warn-fill', bad: '' };

export const inkOf = (disposition: Disposition): string => inks[tones[disposition]];
export const fillOf = (disposition: Disposition): string => fills[tones[disposition]];
