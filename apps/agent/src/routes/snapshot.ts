import type { SnapshotBody } from '@vethscope/model';
import type { RequestHandler } from 'express';
import type { Feed } from '../live/feed.ts';

export function snapshot(feed: Feed): RequestHandler {
  return async (_request, response) => {
    const body: SnapshotBody = await feed.fresh();
    response.json(body);
  };
}
