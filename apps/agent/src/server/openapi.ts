import {
  CommandOutputBody,
  CommandsBody,
  ErrorBody,
  errorTable,
  HealthBody,
  HistoryBody,
  MomentBody,
  ProbeRequest,
  ProbeResult,
  Recording,
  SnapshotBody,
  SourcesBody,
  StreamMessage,
} from '@vethscope/model';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { CommandOutputQuery, CommandsQuery } from '../routes/commands.ts';
import { MomentQuery } from '../routes/history.ts';
import { version } from '../version.ts';

type ErrorName = keyof typeof errorTable;

function failures(...codes: ErrorName[]): ZodOpenApiResponsesObject {
  const always: ErrorName[] = ['hostNotAllowed', 'tokenRequired', 'tooManyRequests', 'internal'];
  const responses: ZodOpenApiResponsesObject = {};
  for (const code of [...always, ...codes]) {
    const status = String(errorTable[code].http) as `${4 | 5}${number}${number}`;
    const known = responses[status];
    const line = `${code}: ${errorTable[code].means}`;
    responses[status] = {
      description: known ? `${known.description}\n${line}` : line,
      content: { 'application/json': { schema: ErrorBody } },
    };
  }
  return responses;
}

function get(
  summary: string,
  body: z.ZodType,
  options: { query?: z.ZodObject; type?: string; errors?: ErrorName[] } = {},
): { get: ZodOpenApiOperationObject } {
  return {
    get: {
      summary,
      ...(options.query ? { requestParams: { query: options.query } } : {}),
      responses: {
        '200': { description: summary, content: { [options.type ?? 'application/json']: { schema: body } } },
        ...failures(...(options.errors ?? [])),
      },
    },
  };
}

const text = z.string();

/** The description of the HTTP interface, made of the same schemas that page and agent use. */
export function openapiDocument(): object {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'vethscope agent',
      version,
      description:
        "A Docker host's network as the kernel has it. Every resource but the live probe only reads. Every error is an ErrorBody.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: { schemas: { ErrorBody } },
    paths: {
      '/api/health': get('How the agent is', HealthBody),
      '/api/snapshot': get('The host now', SnapshotBody, { errors: ['notReady'] }),
      '/api/sources': get('What was read and what was not, with reason and mend', SourcesBody, {
        errors: ['notReady'],
      }),
      '/api/history': get('The moments that are kept, oldest first', HistoryBody),
      '/api/history/snapshot': get('The host as it was at one of them', MomentBody, {
        query: MomentQuery,
        errors: ['badRequest', 'notFound'],
      }),
      '/api/stream': get(
        'Server-sent events: a snapshot, then diffs. The event name is the message type, its id EPOCH:VERSION; resume by Last-Event-ID or since',
        StreamMessage,
        { type: 'text/event-stream', query: z.object({ since: z.string().optional() }) },
      ),
      '/api/recording': get('The raw readings as a file, secrets masked', Recording, { errors: ['notReady'] }),
      '/api/commands': get('The commands that show a record on the host', CommandsBody, {
        query: CommandsQuery,
        errors: ['badRequest', 'notFound', 'notReady'],
      }),
      '/api/commands/output': get('What one of these commands prints now', CommandOutputBody, {
        query: CommandOutputQuery,
        errors: ['badRequest', 'notFound', 'commandNotListed', 'notReadable', 'sourceFailed', 'notReady'],
      }),
      '/api/probe': {
        post: {
          summary:
            'Sends one real packet and lays what the kernel did beside the prediction; off unless started with --allow-probe',
          requestBody: { content: { 'application/json': { schema: ProbeRequest } } },
          responses: {
            '200': { description: 'What came of it', content: { 'application/json': { schema: ProbeResult } } },
            ...failures(
              'badRequest',
              'originNotAllowed',
              'probeNotAllowed',
              'probeNotPossible',
              'probeNeedsConfirmation',
              'probeBusy',
              'probeFailed',
              'notReady',
            ),
          },
        },
      },
      '/metrics': get('Metrics of the agent in the Prometheus text format', text, { type: 'text/plain' }),
    },
  });
}
