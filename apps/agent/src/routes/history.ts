import { type HistoryBody, type MomentBody, VethscopeError } from '@vethscope/model';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { History } from '../history/history.ts';

export const MomentQuery = z.object({ moment: z.coerce.number().int().positive() });

/** The moments that are kept. */
export function history(history: History): RequestHandler {
  return (_request, response) => {
    const body: HistoryBody = {
      moments: history.moments(),
      bytes: history.bytes(),
      limitBytes: history.limitBytes,
      directory: history.directory,
    };
    response.json(body);
  };
}

/** The host as it was at one of them. */
export function momentSnapshot(history: History): RequestHandler {
  return (request, response) => {
    const { moment: n } = MomentQuery.parse(request.query);
    const found = history.at(n);
    if (!found) {
      throw new VethscopeError('notFound', `Moment ${n} is not kept, or no more.`, {
        where: 'moment',
        fix: 'GET /api/history lists those that are.',
        about: [String(n)],
      });
    }
    const body: MomentBody = found;
    response.json(body);
  };
}
