import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { copyText } from './copyText.ts';

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
