import type { HealthBody } from '@vethscope/model';
import type { RequestHandler } from 'express';
import type { Feed } from '../live/feed.ts';
import type { Prober } from '../probe/prober.ts';
import { version } from '../version.ts';

export function health(feed: Feed, prober: Prober): RequestHandler {
  return (_request, response) => {
    const current = feed.store.current();
    const body: HealthBody = {
      status: current ? 'ok' : 'reading',
      version,
      origin: feed.store.origin(),
      epoch: feed.store.epoch,
      snapshotVersion: current?.version ?? 0,
      watchers: feed.watchers(),
      uptimeSeconds: Math.round(process.uptime()),
      probe: prober.availability(),
    };
    response.json(body);
  };
}
