/** A shortcut, one cap per key. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex items-center gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1.5 font-mono text-[11px] text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
