import type { Origin, Snapshot } from '@vethscope/model';
import { isLoopback } from '../server/allowedHost.ts';
import { version } from '../version.ts';

interface BannerFacts {
  host: string;
  port: number;
  token: string | null;
  origin: Origin;
  snapshot: Snapshot | null;
  allowsProbes: boolean;
}

/** What a person sees at the start: where to look, at what, and what is missing. */
export function startBanner({ host, port, token, origin, snapshot, allowsProbes }: BannerFacts): string {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const url = `http://${name}:${port}/${token === null ? '' : `?token=${token}`}`;
  const lines = [`vethscope ${version}`, '', `  Open     ${url}`, `  Showing  ${showing(origin, snapshot)}`];
  if (origin.why !== null) lines.push(`  Why      ${origin.why}`);
  if (origin.fix !== null) lines.push(`  To mend  ${origin.fix}`);
  if (allowsProbes) lines.push('  Probes   on: from the page, single packets can be sent for real');
  if (!isLoopback(host))
    lines.push('  Careful  it listens beyond this machine, without encryption; the token keeps others out.');
  lines.push('', '  Ctrl+C stops it.', '');
  return `\n${lines.join('\n')}\n`;
}

function showing(origin: Origin, snapshot: Snapshot | null): string {
  const running = Object.values(snapshot?.records.container ?? {}).filter(({ sandbox }) => sandbox !== null).length;
  const what = snapshot?.engine
    ? `Docker ${snapshot.engine.version}, ${running} running ${running === 1 ? 'container' : 'containers'}`
    : 'no engine';
  switch (origin.kind) {
    case 'live':
      return `this host, live (${what})`;
    case 'recording':
      return `the recording ${origin.name} (${what})`;
    case 'sample':
      return 'a sample host; it goes live by itself when an engine answers';
  }
}
