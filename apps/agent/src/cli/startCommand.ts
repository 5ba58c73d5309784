import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Origin } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { Command } from 'commander';
import { pino } from 'pino';
import { runTool } from '../host/runTool.ts';
import type { Feed } from '../live/feed.ts';
import { liveFeed, type Sample } from '../live/liveFeed.ts';
import { recordingFeed } from '../live/recordingFeed.ts';
import { createSnapshotBuilder } from '../live/snapshotBuilder.ts';
import { createSnapshotStore } from '../live/snapshotStore.ts';
import { isLoopback } from '../server/allowedHost.ts';
import { createApp } from '../server/createApp.ts';
import { defaultPort, listen } from '../server/listen.ts';
import { newToken } from '../server/token.ts';
import { systemClock } from '../watch/schedule.ts';
import { samplePath, swaggerDirectory, webDirectory } from './assets.ts';
import { openHost } from './openHost.ts';
import { dockerSocketOption, recordingOption, type SharedOptions } from './options.ts';
import { parsePort } from './parsePort.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { startBanner } from './startBanner.ts';

interface StartOptions extends SharedOptions {
  port: number | 'auto';
  host: string;
  token?: string | boolean;
}

/** `vethscope start`: serves the page and the HTTP interface until it is interrupted. */
export function startCommand(): Command {
  return new Command('start')
    .description('show the network of this host in the browser (the default)')
    .option(
      '--port <number>',
      `port to listen on, or "auto" for the next free one from ${defaultPort}`,
      parsePort,
      defaultPort,
    )
    .option('--host <address>', 'address to listen on; beyond loopback a token is asked for', '127.0.0.1')
    .option('--token [token]', 'ask for a token on loopback, too; a made-up one where none is given')
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const logger = pino({ level: process.env.VETHSCOPE_LOG ?? 'warn' }, pino.destination(2));
  const log = (error: unknown) => logger.warn({ err: error }, 'not as it should be');
  const feed = options.recording === undefined ? hostFeed(options, log) : await fileFeed(options.recording);

  const token =
    typeof options.token === 'string' ? options.token : options.token || !isLoopback(options.host) ? newToken() : null;
  let port = 0;
  const app = createApp({
    feed,
    host: options.host,
    port: () => port,
    token,
    webDirectory: webDirectory(),
    swaggerDirectory: swaggerDirectory(),
    log,
  });
  const listening = await listen(app, options.port, options.host);
  port = listening.port;

  const stop = () => {
    // Streams never end by themselves.
    listening.server.close();
    listening.server.closeAllConnections();
    void feed.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const published = await feed.fresh().catch(() => null);
  process.stdout.write(
    startBanner({
      host: options.host,
      port,
      token,
      origin: feed.store.origin(),
      snapshot: published?.snapshot ?? null,
    }),
  );
}

const newEpoch = () => randomBytes(6).toString('base64url');

async function fileFeed(path: string): Promise<Feed> {
  const recording = await readRecordingFile(path);
  const origin: Origin = { kind: 'recording', name: basename(path), why: null, fix: null };
  const store = createSnapshotStore(newEpoch(), origin);
  store.replace(snapshotOf(recording), origin);
  return recordingFeed(store, recording);
}

function hostFeed(options: StartOptions, log: (error: unknown) => void): Feed {
  const host = openHost({ dockerSocket: options.dockerSocket ?? null, unmasked: false });
  return liveFeed({
    store: createSnapshotStore(newEpoch(), { kind: 'live', name: '', why: null, fix: null }),
    ...host,
    runTool,
    buildSnapshot: createSnapshotBuilder(),
    loadSample: () => loadSample(log),
    clock: systemClock,
    log,
  });
}

async function loadSample(log: (error: unknown) => void): Promise<Sample | null> {
  try {
    const recording = await readRecordingFile(samplePath());
    return { recording, snapshot: snapshotOf(recording) };
  } catch (error) {
    log(error);
    return null;
  }
}
