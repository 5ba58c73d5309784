import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';

/** Beyond localhost, over plain HTTP, a browser has no clipboard API: then the old way, through a selection. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function CopyButton({ text, label, doneLabel }: { text: string; label: string; doneLabel: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      look="ghost"
      size="smallIcon"
      aria-label={copied ? doneLabel : label}
      title={copied ? doneLabel : label}
      onClick={async () => setCopied(await copyText(text))}
    >
      {copied ? <Check size={13} className="text-good-ink" aria-hidden /> : <Copy size={13} aria-hidden />}
      <span aria-live="polite" className="sr-only">
        {copied ? doneLabel : ''}
      </span>
    </Button>
  );
}
