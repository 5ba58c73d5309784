import { Copy, Download } from 'lucide-react';
import { useId, useState } from 'react';
import { bytes, number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { copyText } from '../ui/copyText.ts';
import { saveFile } from '../ui/saveFile.ts';
import type { Finished } from './usePictureFile.ts';

interface FileActionsProps {
  /** null: there is no file of what is chosen yet. */
  finished: Finished | null;
  file: string;
  stem: string;
  ending: string;
  /** The same on the command line; null where there is no command for it. */
  command: string | null;
  onStem: (stem: string) => void;
}

type Told = { kind: 'saved'; name: string } | { kind: 'copied' } | { kind: 'notCopied' };

/** The name of the file, and what is done with it. */
export function FileActions({ finished, file, stem, ending, command, onStem }: FileActionsProps) {
  const id = useId();
  const words = t.pictures;
  const [told, setTold] = useState<{ of: Finished; what: Told } | null>(null);
  // What was said of one file is not said of the next.
  const said = told && told.of === finished ? told.what : null;
  const copyable = finished !== null && finished.order.format !== 'pdf';
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-48 flex-1">
          <label htmlFor={id} className="mb-1 block text-ink-2 text-xs">
            {words.name}
          </label>
          <span className="flex h-8 items-center rounded-lg border border-line bg-surface pr-2 focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-1">
            <input
              id={id}
              value={stem}
              spellCheck={false}
              autoComplete="off"
              maxLength={200}
              onChange={({ target }) => onStem(target.value)}
              className="h-full min-w-0 flex-1 bg-transparent px-2 font-mono text-[12px] outline-none"
            />
            <span className="font-mono text-[12px] text-ink-2">{ending}</span>
          </span>
        </div>
        <Button
          look="accent"
          disabled={finished === null}
          onClick={() => {
            if (!finished) return;
            saveFile(finished.file, file);
            setTold({ of: finished, what: { kind: 'saved', name: file } });
          }}
        >
          <Download size={14} aria-hidden />
          {words.save}
        </Button>
        <Button
          disabled={!copyable}
          onClick={async () => {
            if (finished) setTold({ of: finished, what: { kind: (await copied(finished)) ? 'copied' : 'notCopied' } });
          }}
        >
          <Copy size={14} aria-hidden />
          {words.copy}
        </Button>
      </div>
      <p className="flex min-h-5 flex-wrap gap-x-3 text-xs">
        <span className="text-ink-2 tabular-nums">{finished && sizeText(finished)}</span>
        <span
          aria-live="polite"
          className={said?.kind === 'notCopied' ? 'text-warn-ink' : 'wrap-anywhere text-good-ink'}
        >
          {said?.kind === 'saved' ? words.saved(said.name) : said && words[said.kind]}
        </span>
      </p>
      {command !== null && (
        <div className="min-w-0">
          <p className="mb-1 text-ink-2 text-xs">{words.command}</p>
          <CommandLine command={command} copyLabel={`${t.copy}: ${words.command}`} doneLabel={t.copied} />
        </div>
      )}
    </>
  );
}

/** The pixels of what has some, and the bytes of every file. */
function sizeText({ width, height, file, order }: Finished): string {
  const size = bytes(file.size);
  if (order.format !== 'svg' && order.format !== 'png') return size;
  return t.pictures.size(number(width * order.scale), number(height * order.scale), size);
}

/** A PNG goes to the clipboard as a picture, all else as text. */
async function copied({ file, text }: Finished): Promise<boolean> {
  if (text !== null) return await copyText(text);
  try {
    await navigator.clipboard.write([new ClipboardItem({ [file.type]: file })]);
    return true;
  } catch {
    return false;
  }
}
