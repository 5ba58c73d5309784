import { t } from '../text/text.ts';
import { CommandLine } from '../ui/CommandLine.tsx';

/** A sentence ends in a stop; what does not is a command to type. */
const isSentence = (fix: string): boolean => /[.…!]$/.test(fix.trim());

/** What to do: a sentence to read, or a command to copy. */
export function Fix({ fix }: { fix: string }) {
  if (isSentence(fix)) return <span className="text-ink-2">{fix}</span>;
  return <CommandLine command={fix} copyLabel={`${t.copy}: ${fix}`} doneLabel={t.copied} />;
}
