import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../text/text.ts';

const command = 'docker run -d -p 8080:80 nginx';

/** An engine with networks but nothing on them: says so, and of the host as it is now how to see the picture come alive. */
export function NoContainers({ of }: { of: 'now' | 'past' | 'file' }) {
  const words = t.canvas.empty;
  if (of === 'now') return <Invitation />;
  return (
    <div className="vt-empty" data-place="low">
      <strong>{of === 'past' ? words.pastTitle : words.fileTitle}</strong>
      <p>{of === 'past' ? words.pastText : words.fileText}</p>
    </div>
  );
}

function Invitation() {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      // A page without the clipboard's permission: the command is there to be selected.
    }
  };
  return (
    <div className="vt-empty" data-place="low">
      <strong>{t.canvas.empty.title}</strong>
      <p>{t.canvas.empty.text}</p>
      <code>
        {command}
        <button type="button" onClick={copy} aria-label={t.canvas.empty.copy}>
          {copied ? <Check size={12} aria-label={t.canvas.empty.copied} /> : <Copy size={12} />}
        </button>
      </code>
    </div>
  );
}

export function AllHidden({ hidden, onShowAll }: { hidden: number; onShowAll: (() => void) | undefined }) {
  return (
    <div className="vt-empty">
      <strong>{t.canvas.hidden.title}</strong>
      <p>{t.canvas.hidden.text(hidden)}</p>
      {onShowAll && (
        <button type="button" onClick={onShowAll}>
          {t.canvas.hidden.showAll}
        </button>
      )}
    </div>
  );
}
