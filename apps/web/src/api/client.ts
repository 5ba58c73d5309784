import {
  CommandOutputBody,
  CommandsBody,
  ErrorBody,
  HealthBody,
  HistoryBody,
  MomentBody,
  type ProbeRequestInput,
  ProbeResult,
} from '@vethscope/model';
import type { ZodType } from 'zod';
import { t } from '../text/text.ts';
import { errorInWords } from './errorInWords.ts';

/** What an answer of the agent came to. Errors are values: each has a code of the closed table, a sentence and often a way to mend it. */
export type Answer<T> = { ok: true; body: T } | { ok: false; error: ErrorBody };

/** Thrown inside queries only, so that TanStack Query sees a failure; `body` is what is shown. */
export class AnswerError extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'AnswerError';
    this.body = body;
  }
}

/** No agent answered, or something that is none. `internal` would say that it did. */
export const unreachable = (message: string): ErrorBody => ({ code: 'notReady', message, where: null, fix: null });

/** The ErrorBody of an answer that is not 2xx, also where a proxy in between answered with a page of its own. */
export async function errorOf(response: Response): Promise<ErrorBody> {
  const body = ErrorBody.safeParse(await response.json().catch(() => null));
  if (body.success) return errorInWords(body.data);
  return {
    code: response.status === 401 ? 'tokenRequired' : response.status >= 502 ? 'notReady' : 'internal',
    message: t.agentFaults.answered(`${response.status} ${response.statusText}`.trim()),
    where: new URL(response.url).pathname,
    fix: null,
  };
}

/** GETs and checks the body. */
const get = <T>(path: string, schema: ZodType<T>, signal?: AbortSignal): Promise<Answer<T>> =>
  ask(path, schema, { headers: { accept: 'application/json' }, signal: signal ?? null });

/** Asks and checks the body: an answer of another shape is an error, never half a value. */
async function ask<T>(path: string, schema: ZodType<T>, init: RequestInit): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    return { ok: false, error: unreachable(t.agentFaults.none) };
  }
  if (!response.ok) return { ok: false, error: await errorOf(response) };
  const body = schema.safeParse(await response.json().catch(() => null));
  if (body.success) return { ok: true, body: body.data };
  const issue = body.error.issues[0];
  return {
    ok: false,
    error: {
      code: 'internal',
      message: t.agentFaults.shape,
      where: issue ? `${path} ${issue.path.join('.')}: ${issue.message}` : path,
      fix: null,
    },
  };
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

export const getCommands = (record: string, signal?: AbortSignal) =>
  get(`/api/commands?${query({ record })}`, CommandsBody, signal);

export const getCommandOutput = (record: string, command: string, signal?: AbortSignal) =>
  get(`/api/commands/output?${query({ record, command })}`, CommandOutputBody, signal);

export const getHealth = (signal?: AbortSignal) => get('/api/health', HealthBody, signal);

export const getHistory = (signal?: AbortSignal) => get('/api/history', HistoryBody, signal);

/** The host as it was at a moment of its history. */
export const getMoment = (n: number, signal?: AbortSignal) =>
  get(`/api/history/snapshot?${query({ moment: String(n) })}`, MomentBody, signal);

/** The raw readings of now, as a file of JSON. Rejects with an AnswerError. */
export async function getRecording(signal: AbortSignal): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch('/api/recording', { headers: { accept: 'application/json' }, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new AnswerError(unreachable(t.agentFaults.none));
  }
  if (!response.ok) throw new AnswerError(await errorOf(response));
  return response.blob();
}

/** Sends one real packet, where the agent allows it. */
export const postProbe = (request: ProbeRequestInput) =>
  ask('/api/probe', ProbeResult, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });

/** The body, or the error thrown: for query functions. */
export function bodyOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.body;
  throw new AnswerError(answer.error);
}
