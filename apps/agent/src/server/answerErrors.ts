import { type ErrorBody, errorTable, VethscopeError } from '@vethscope/model';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';

export const answerNotFound: RequestHandler = (request) => {
  throw new VethscopeError('notFound', 'There is no such resource.', {
    where: `${request.method} ${request.path}`,
    fix: 'GET /api/openapi.json lists what there is.',
  });
};

/** What a thrown thing is in the closed table. What is not ours, nor the fault of who asked, is `internal`; its text stays in the log. */
export function asVethscopeError(error: unknown): VethscopeError {
  if (error instanceof VethscopeError) return error;
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return new VethscopeError(
      'badRequest',
      issue?.message ?? 'The request is not of the form that this resource takes.',
      {
        where: issue?.path.join('.') ?? null,
        cause: error,
      },
    );
  }
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) {
    return new VethscopeError(status === 404 ? 'notFound' : 'badRequest', 'The request cannot be understood.', {
      cause: error,
    });
  }
  return new VethscopeError('internal', 'A fault in vethscope. Its log has more.', { cause: error });
}

/** Every error that leaves the agent is an ErrorBody. Express knows an error handler by its four parameters. */
export function answerErrors(log: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const known = asVethscopeError(error);
    if (known.code === 'internal') log(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const body: ErrorBody = known.toBody();
    response.status(errorTable[known.code].http).set('Cache-Control', 'no-store').json(body);
  };
}
