import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { QuestionInput } from '@vethscope/model';
import type { WhatIf } from '@vethscope/path';
import type { Held } from '../api/streamReducer.ts';
import type { Language } from '../text/language.ts';
import { language as ofPage } from '../text/text.ts';
import { createPathClient, type PathPort } from './pathClient.ts';
import type { PathAnswer } from './pathMessages.ts';

const client = createPathClient(
  () => new Worker(new URL('./pathWorker.ts', import.meta.url), { type: 'module' }) as unknown as PathPort,
);

interface PathQuestion {
  question: QuestionInput | null;
  changes: readonly WhatIf[];
  /** That of the page, unless the answer is for somebody else. */
  language?: Language;
}

/** The answer to a question about the host as it is now: a change of the host asks again, and the old answer stands until the new one is there. */
export function usePathAnswer(held: Held, { question, changes, language = ofPage }: PathQuestion) {
  const version = `${held.epoch}:${held.version}`;
  const { snapshot } = held;
  return useQuery<PathAnswer>({
    queryKey: ['path', version, question, changes, language],
    queryFn: question ? () => client.ask({ version, snapshot, question, changes, language }) : skipToken,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
