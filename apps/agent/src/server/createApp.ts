import compression from 'compression';
import express, { type Express } from 'express';
import type { History } from '../history/history.ts';
import type { Feed } from '../live/feed.ts';
import type { Prober } from '../probe/prober.ts';
import { commandOutput, commands } from '../routes/commands.ts';
import { docs, openapi } from '../routes/docs.ts';
import { health } from '../routes/health.ts';
import { history, momentSnapshot } from '../routes/history.ts';
import { metrics } from '../routes/metrics.ts';
import { page, pageFiles } from '../routes/page.ts';
import { probe, readForm, requireOwnForm } from '../routes/probe.ts';
import { recording } from '../routes/recording.ts';
import { snapshot } from '../routes/snapshot.ts';
import { sources } from '../routes/sources.ts';
import { stream } from '../routes/stream.ts';
import { requireOwnHost, requireOwnOrigin } from './allowedHost.ts';
import { answerErrors, answerNotFound } from './answerErrors.ts';
import { limitRate } from './limitRate.ts';
import { securityHeaders } from './securityHeaders.ts';
import { requireToken } from './token.ts';

export interface AppOptions {
  feed: Feed;
  history: History;
  /** What sends live probes, or says why nothing does. */
  prober: Prober;
  /** The address that the agent listens on, by which it tells who may name it. */
  host: string;
  port: () => number;
  /** null where no token is asked for. */
  token: string | null;
  webDirectory: string;
  swaggerDirectory: string;
  log: (error: unknown) => void;
}

/** Every route but the live probe is a GET: what is not listed here, whatever its method, is answered by 404. */
export function createApp({
  feed,
  history: kept,
  prober,
  host,
  port,
  token,
  webDirectory,
  swaggerDirectory,
  log,
}: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders, requireOwnHost(host), requireOwnOrigin);
  if (token !== null) app.use(requireToken(token, port));
  app.use(compression());

  app.use('/api', limitRate(1200), (request, response, next) => {
    // A compressor holds events back until its window is full: what streams must not be transformed on the way.
    response.set('Cache-Control', request.path === '/stream' ? 'no-store, no-transform' : 'no-store');
    next();
  });
  app.get('/api/health', health(feed, prober));
  app.get('/api/snapshot', snapshot(feed));
  app.get('/api/sources', sources(feed));
  app.get('/api/history', history(kept));
  app.get('/api/history/snapshot', momentSnapshot(kept));
  app.get('/api/commands', commands(feed));
  // Each is a process on the host.
  app.get('/api/commands/output', limitRate(240), commandOutput(feed));
  app.get('/api/recording', recording(feed));
  app.get('/api/stream', stream(feed));
  app.post('/api/probe', limitRate(20), requireOwnForm, readForm, probe(prober));
  app.get('/api/openapi.json', openapi());
  app.get('/api/docs{/:file}', docs(swaggerDirectory));
  app.get('/metrics', metrics(feed));

  app.use(pageFiles(webDirectory));
  app.get('/{*splat}', page(webDirectory));
  app.use(answerNotFound, answerErrors(log));
  return app;
}
