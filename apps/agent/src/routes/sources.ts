import type { SourcesBody } from '@vethscope/model';
import type { RequestHandler } from 'express';
import type { Feed } from '../live/feed.ts';

export function sources(feed: Feed): RequestHandler {
  return async (_request, response) => {
    const { snapshot } = await feed.fresh();
    const body: SourcesBody = { sources: snapshot.sources };
    response.json(body);
  };
}
