import type { Snapshot } from '@vethscope/model';
import { useEffect, useRef, useState } from 'react';
import { changes } from '../api/live.ts';
import { announcement } from './announcement.ts';

/** Not more often than this: who listens is not shouted at by a busy host. */
const everyMs = 4000;

export function LiveAnnouncer({ snapshot }: { snapshot: Snapshot }) {
  const [text, setText] = useState('');
  const latest = useRef(snapshot);
  useEffect(() => {
    latest.current = snapshot;
  }, [snapshot]);
  useEffect(() => {
    let told = Date.now();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      timer = null;
      const words = announcement(changes.recent(), told, latest.current);
      told = Date.now();
      if (words) setText(words);
    };
    const end = changes.subscribe(() => {
      timer ??= setTimeout(tell, everyMs);
    });
    return () => {
      end();
      if (timer) clearTimeout(timer);
    };
  }, []);
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
