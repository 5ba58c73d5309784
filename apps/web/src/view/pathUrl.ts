import type { Protocol } from '@vethscope/model';
import type { PathWords } from './PageActions.tsx';

interface PathNow {
  from: string | null;
  to: string | null;
  proto: Protocol;
  'source-port': string | null;
}

/** The part of the URL that carries a question: the words that are given, and for the others those that are there. */
export function pathUrl(now: PathNow, words: PathWords) {
  const keepsPort = words.from === undefined && words.proto !== 'icmp';
  return {
    lift: [],
    accept: [],
    open: [],
    listen: [],
    sysctl: [],
    path: 'there' as const,
    step: null,
    from: words.from ?? now.from ?? '',
    to: words.to ?? now.to ?? '',
    proto: words.proto ?? now.proto,
    'source-port': words.sourcePort ?? (keepsPort ? now['source-port'] : null),
  };
}
