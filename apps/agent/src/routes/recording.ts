import type { RequestHandler } from 'express';
import type { Feed } from '../live/feed.ts';

/** The raw readings behind the picture as a file, for bug reports and later looks. Secrets are masked. */
export function recording(feed: Feed): RequestHandler {
  return async (_request, response) => {
    const body = await feed.recording();
    const name = `${body.host.hostname}-${body.takenAt.slice(0, 19)}`.replace(/[^\w.-]+/g, '-');
    response.attachment(`vethscope-${name}.json`).json(body);
  };
}
