import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { QuestionInput } from '@vethscope/model';
import type { WhatIf } from '@vethscope/path';
import type { Held } from '../api/streamReducer.ts';
import { createPathClient, type PathPort } from './pathClient.ts';
import type { PathAnswer } from './pathMessages.ts';

const client = createPathClient(
  () => new Worker(new URL('./pathWorker.ts', import.meta.url), { type: 'module' }) as unknown as PathPort,
);

/** The answer to a question about the host as it is now: a change of the host asks again, and the old answer stands until the new one is there. */
export function usePathAnswer(held: Held, question: QuestionInput | null, changes: readonly WhatIf[]) {
  const version = `${held.epoch}:${held.version}`;
  return useQuery<PathAnswer>({
    queryKey: ['path', version, question, changes],
    queryFn: question ? () => client.ask({ version, snapshot: held.snapshot, question, changes }) : skipToken,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
