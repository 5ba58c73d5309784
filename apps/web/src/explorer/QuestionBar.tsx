import type { Protocol, Snapshot } from '@vethscope/model';
import { ArrowRight, ArrowRightLeft, X } from 'lucide-react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Tip } from '../ui/Tip.tsx';
import { type PathEnd, type PathWords, usePageActions } from '../view/PageActions.tsx';
import { EndBox } from './EndBox.tsx';
import { type ReadWords, swapped } from './readWords.ts';

interface QuestionBarProps {
  words: { from: string; to: string; proto: Protocol };
  read: ReadWords;
  faultId: string;
  snapshot: Snapshot;
  picking: PathEnd | null;
}

const protocols = (['tcp', 'udp', 'icmp', 'sctp'] as const).map((value) => ({ value, text: value }));

/** The question: who sends, to whom, by what. */
export function QuestionBar({ words, read, faultId, snapshot, picking }: QuestionBarProps) {
  const { askPath, pickEnd, closePath } = usePageActions();
  const wrong = read.kind === 'fault' ? read.field : null;
  const ask = (changed: PathWords) => askPath(changed);
  const other = swapped(snapshot, words);
  const shared = { from: words.from, proto: words.proto, snapshot, onAsk: ask };
  return (
    <div className="flex items-center gap-2">
      <h2 className="shrink-0 font-semibold max-lg:sr-only">{t.explorer.title}</h2>
      <EndBox
        {...shared}
        end="from"
        word={words.from}
        invalid={wrong === 'from'}
        describedBy={wrong === 'from' ? faultId : undefined}
        picking={picking === 'from'}
        onPick={() => pickEnd(picking === 'from' ? null : 'from')}
      />
      <Tip text={t.explorer.swap}>
        <Button
          look="ghost"
          size="icon"
          aria-label={t.explorer.swap}
          disabled={other === null}
          onClick={() => other && ask(other)}
        >
          {other ? <ArrowRightLeft size={15} aria-hidden /> : <ArrowRight size={15} aria-hidden />}
        </Button>
      </Tip>
      <EndBox
        {...shared}
        end="to"
        word={words.to}
        invalid={wrong === 'to'}
        describedBy={wrong === 'to' ? faultId : undefined}
        picking={picking === 'to'}
        onPick={() => pickEnd(picking === 'to' ? null : 'to')}
      />
      <Segments
        label={t.explorer.proto}
        value={words.proto}
        options={protocols}
        onChange={(proto) => ask({ proto, to: proto === 'icmp' ? withoutPort(words.to) : words.to })}
      />
      <Tip text={t.explorer.close} keys="Esc">
        <Button look="ghost" size="icon" aria-label={t.explorer.close} onClick={closePath}>
          <X size={16} aria-hidden />
        </Button>
      </Tip>
    </div>
  );
}

/** "web:80" to "web", "[2001:db8::1]:80" to "2001:db8::1"; a bare IPv6 address stays. */
function withoutPort(word: string): string {
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(word)?.[1];
  if (bracketed) return bracketed;
  const isBareIpv6 = (word.match(/:/g)?.length ?? 0) > 1 && !word.startsWith('container:');
  return isBareIpv6 ? word : word.replace(/:\d+$/, '');
}
