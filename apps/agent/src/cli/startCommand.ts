import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { type Origin, VethscopeError } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { Command } from 'commander';
import { createHistory, type History } from '../history/history.ts';
import { openHistoryFile } from '../history/historyFile.ts';
import { recordHistory } from '../history/recordHistory.ts';
import { giveMemoryBack } from '../host/giveMemoryBack.ts';
import { runTool } from '../host/runTool.ts';
import type { Feed } from '../live/feed.ts';
import { liveFeed, type Sample } from '../live/liveFeed.ts';
import { recordingFeed } from '../live/recordingFeed.ts';
import { createSnapshotBuilder } from '../live/snapshotBuilder.ts';
import { createSnapshotStore } from '../live/snapshotStore.ts';
import { hostProber } from '../probe/hostProber.ts';
import { noProber } from '../probe/noProber.ts';
import type { Prober } from '../probe/prober.ts';
import { sweepProbes } from '../probe/sweepProbes.ts';
import { isLoopback } from '../server/allowedHost.ts';
import { listen } from '../server/listen.ts';
import { newToken } from '../server/token.ts';
import { systemClock } from '../watch/schedule.ts';
import { samplePath, swaggerDirectory, webDirectory } from './assets.ts';
import { type OpenHost, openHost } from './openHost.ts';
import {
  dockerSocketOption,
  hostOption,
  portOption,
  recordingOption,
  type SharedOptions,
  tokenOption,
} from './options.ts';
import { parseMegabytes } from './parseMegabytes.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { startBanner } from './startBanner.ts';

export interface StartOptions extends SharedOptions {
  port: number | 'auto';
  host: string;
  token?: string | boolean;
  history?: string;
  historySize: number;
  allowProbe?: boolean;
}

/** `vethscope start`: serves the page and the HTTP interface until it is interrupted. */
export function startCommand(): Command {
  return new Command('start')
    .description('show the network of this host in the browser (the default)')
    .addOption(portOption())
    .addOption(hostOption())
    .addOption(tokenOption())
    .option(
      '--history <directory>',
      'keep the last changes there, also over a restart, and read also while nobody looks',
    )
    .option('--history-size <megabytes>', 'how much room the last changes may take', parseMegabytes, 32)
    .option('--allow-probe', 'let the page send single packets for real, to compare with what is predicted (root)')
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .action(start);
}

/** Serves until it is interrupted. Throws what reading the recording, opening the history or listening throws. */
export async function start(options: StartOptions): Promise<void> {
  // Loaded here: the web server and its documents take longer to load than most other commands need in all.
  const [{ default: pino }, { createApp }] = await Promise.all([import('pino'), import('../server/createApp.ts')]);
  const logger = pino({ level: process.env.VETHSCOPE_LOG ?? 'warn' }, pino.destination(2));
  const log = (error: unknown) => logger.warn({ err: error }, 'not as it should be');
  const host =
    options.recording === undefined ? openHost({ dockerSocket: options.dockerSocket ?? null, unmasked: false }) : null;
  if (options.allowProbe) requireProbing(host);
  const feed = host === null ? await fileFeed(options.recording ?? '') : hostFeed(host, log);
  const history = openHistory(options, log);
  const stopHistory = recordHistory(feed.store, history, () => Date.now());
  // Who wants a history wants it of the time when nobody looks, too.
  if (options.history !== undefined) feed.watch();

  const token =
    typeof options.token === 'string' ? options.token : options.token || !isLoopback(options.host) ? newToken() : null;
  let port = 0;
  const app = createApp({
    feed,
    history,
    prober: proberFor(options, feed, host),
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
    stopHistory();
    void Promise.all([feed.close(), history.close()]).then(() => process.exit(0));
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
      allowsProbes: options.allowProbe === true,
    }),
  );
  if (!host?.isRoot) return;
  const swept = await sweepProbes(host.kernel, host.reader.namespaces());
  if (swept > 0) logger.warn(`A probe that was cut off had left its table in ${swept} namespaces; it is removed.`);
}

function requireProbing(host: OpenHost | null): void {
  if (host === null)
    throw new VethscopeError('usage', 'A recording has no host to send probes from.', { where: '--allow-probe' });
  if (host.isRoot) return;
  throw new VethscopeError('probeNotAllowed', 'Only root may send live probes.', {
    where: '--allow-probe',
    fix: 'sudo npx vethscope start --allow-probe',
  });
}

function proberFor(options: StartOptions, feed: Feed, host: OpenHost | null): Prober {
  if (host === null) return noProber('vethscope shows a recording: there is no host to send from.', null);
  if (options.allowProbe) return hostProber(feed, host);
  return noProber(
    'Live probes are off: vethscope was not started with --allow-probe.',
    'sudo npx vethscope start --allow-probe',
  );
}

function openHistory({ history, historySize }: StartOptions, log: (error: unknown) => void): History {
  const limitBytes = historySize * 1024 * 1024;
  if (history === undefined) return createHistory({ limitBytes, file: null });
  return createHistory({ limitBytes, ...openHistoryFile(history, log) });
}

const newEpoch = () => randomBytes(6).toString('base64url');

async function fileFeed(path: string): Promise<Feed> {
  const recording = await readRecordingFile(path);
  const origin: Origin = { kind: 'recording', name: basename(path), why: null, fix: null };
  const store = createSnapshotStore(newEpoch(), origin);
  store.replace(snapshotOf(recording), origin);
  return recordingFeed(store, recording);
}

function hostFeed(host: OpenHost, log: (error: unknown) => void): Feed {
  return liveFeed({
    store: createSnapshotStore(newEpoch(), { kind: 'live', name: '', why: null, fix: null }),
    ...host,
    runTool,
    buildSnapshot: createSnapshotBuilder(),
    loadSample: () => loadSample(log),
    clock: systemClock,
    onRest: giveMemoryBack,
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
