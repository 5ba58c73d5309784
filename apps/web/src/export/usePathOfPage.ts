import { useMemo } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { readWords } from '../explorer/readWords.ts';
import { usePathAnswer } from '../explorer/usePathAnswer.ts';
import { whatIfOf } from '../explorer/whatIfUrl.ts';
import { useUrlState } from '../view/urlState.ts';

/** The path that the explorer asks for: its words, and the trace once there is one. null where the explorer is closed or its question is not whole. */
export function usePathOfPage(held: Held) {
  const [{ from, to, proto, 'source-port': sourcePort, lift, accept, open, listen, sysctl }] = useUrlState();
  const { snapshot } = held;
  const read = useMemo(
    () => readWords(snapshot, { from: from ?? '', to: to ?? '', proto, sourcePort: sourcePort ?? undefined }),
    [snapshot, from, to, proto, sourcePort],
  );
  const changes = useMemo(() => whatIfOf({ lift, accept, open, listen, sysctl }), [lift, accept, open, listen, sysctl]);
  // Pictures speak English, as those of the command line do.
  const question = read.kind === 'question' ? read.question : null;
  const { data } = usePathAnswer(held, { question, changes, language: 'en' });
  const trace = data ? (data.otherwise ?? data.trace) : null;
  return useMemo(() => {
    if (read.kind !== 'question' || from === null || to === null) return null;
    // What the command line has no words for has no command.
    const plain = changes.length === 0 && sourcePort === null;
    return { from, to, proto, trace, plain };
  }, [read, from, to, proto, trace, changes, sourcePort]);
}
