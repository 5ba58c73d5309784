import { VethscopeError } from '@vethscope/model';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

/** At most `limit` requests a minute from one address. A page that runs wild, or is made to, shall not keep the host busy. */
export function limitRate(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: () => {
      throw new VethscopeError('tooManyRequests', `More than ${limit} requests in a minute.`, {
        fix: 'Wait a minute.',
        about: [String(limit)],
      });
    },
  });
}
