/** Two containers on a bridge, and the one you look at. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className="shrink-0">
      <rect width="20" height="20" rx="5.5" className="fill-ink-1" />
      <path d="M4.2 6h11.6" className="stroke-surface" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M6 6v5.5M14 6v5.5" className="stroke-surface" strokeWidth="1.4" />
      <path d="M10 6v4.5" className="stroke-accent" strokeWidth="1.4" />
      <rect x="4.3" y="11" width="3.4" height="3.6" rx="0.9" className="fill-surface" />
      <rect x="12.3" y="11" width="3.4" height="3.6" rx="0.9" className="fill-surface" />
      <circle cx="10" cy="11.6" r="1.9" className="fill-accent" />
    </svg>
  );
}
