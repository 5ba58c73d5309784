import { CopyButton } from './CopyButton.tsx';

/** A command to type elsewhere. */
export function CommandLine({
  command,
  copyLabel,
  doneLabel,
}: {
  command: string;
  copyLabel: string;
  doneLabel: string;
}) {
  return (
    <span className="flex items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2">
      <code className="min-w-0 flex-1 whitespace-pre-wrap break-all font-mono text-[11.5px]">{command}</code>
      <CopyButton text={command} label={copyLabel} doneLabel={doneLabel} />
    </span>
  );
}
