/*
 * Turns raw captures of hosts (one folder per host with readings.json.gz: `{engine, docker, namespaces, processes}`, and perhaps
 * kernel-paths.json.gz) into the fixtures of packages/fixtures. Usage: tsx scripts/convertRecordings.ts FOLDER. The same input
 * gives the same bytes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  ids,
  type NamespaceReadings,
  type NamespaceRecording,
  type ProcessReading,
  type Recording,
  recordingFormat,
  recordingVersion,
  type SourceName,
  type SourceReport,
} from '../packages/model/src/index.ts';
import { decidesForwarding, maskDockerBody, parseRecording } from '../packages/parse/src/index.ts';
import { procSockets } from './procSockets.ts';

interface FailedCommand {
  exit: number;
  stdout: string;
  stderr: string;
}
type RawNamespace = Record<string, string | number | FailedCommand | undefined>;
interface RawCapture {
  docker: Record<string, unknown>;
  namespaces: Record<string, RawNamespace>;
  processes: ProcessReading[];
}

const commands = {
  links: 'ip -j -d -s link show',
  addresses: 'ip -j -d -s addr show',
  routes4: 'ip -j -4 route show table all',
  routes6: 'ip -j -6 route show table all',
  rules4: 'ip -j -4 rule show',
  rules6: 'ip -j -6 rule show',
  neighbors: 'ip -j neigh show',
  fdb: 'bridge -j fdb show',
  iptables: 'iptables-save -c',
  ip6tables: 'ip6tables-save -c',
  iptablesLegacy: 'iptables-legacy-save -c',
  ip6tablesLegacy: 'ip6tables-legacy-save -c',
  nft: 'nft -j -a list ruleset',
  ipsets: 'ipset list -o save',
} as const;

/** One namespace: its readings and how each of them went. */
class NamespaceConversion {
  readonly readings: NamespaceReadings = {};
  readonly sources: SourceReport[] = [];
  private readonly raw: RawNamespace;
  private readonly sandbox: string;

  constructor(raw: RawNamespace, sandbox: string) {
    this.raw = raw;
    this.sandbox = sandbox;
  }

  private report(source: SourceName, given: Partial<SourceReport>): void {
    this.sources.push({
      source,
      sandbox: this.sandbox,
      status: 'ok',
      fault: null,
      reason: null,
      fix: null,
      tookMs: null,
      ...given,
    });
  }

  /** The outputs of the keys, or undefined when one is missing or failed; reports either way. */
  private outputs(source: SourceName, keys: readonly string[]): string[] | undefined {
    const texts: string[] = [];
    for (const key of keys) {
      const value = this.raw[key];
      if (typeof value === 'string') texts.push(value);
      else if (typeof value === 'object') {
        const missing = value.exit === 127;
        this.report(source, {
          status: missing && source === 'ipsets' ? 'absent' : 'failed',
          fault: missing ? 'notInstalled' : 'exited',
          reason: value.stderr.trim() || `"${key}" ended with status ${value.exit}`,
        });
        return undefined;
      } else {
        this.report(source, { status: 'absent', fault: 'notRecorded', reason: 'this recording was made without it' });
        return undefined;
      }
    }
    this.report(source, {});
    return texts;
  }

  text(source: 'iptables' | 'ip6tables' | 'iptablesLegacy' | 'ip6tablesLegacy' | 'nft' | 'ipsets'): void {
    const texts = this.outputs(source, [commands[source]]);
    if (texts) this.readings[source] = texts[0] ?? '';
  }

  convert(): void {
    const links = this.outputs('links', [commands.links])?.map(jsonArray)[0];
    if (links) this.readings.links = links as NonNullable<NamespaceReadings['links']>;
    const addresses = this.outputs('addresses', [commands.addresses])?.flatMap(jsonArray);
    if (addresses) this.readings.addresses = addresses.flatMap(addressesOf);
    const routes = this.outputs('routes', [commands.routes4, commands.routes6])?.flatMap(withFamily);
    if (routes) this.readings.routes = routes as NonNullable<NamespaceReadings['routes']>;
    const rules = this.outputs('policyRules', [commands.rules4, commands.rules6])?.flatMap(withFamily);
    if (rules) this.readings.policyRules = rules as NonNullable<NamespaceReadings['policyRules']>;
    const neighbors = this.outputs('neighbors', [commands.neighbors])?.flatMap(jsonArray);
    if (neighbors) this.readings.neighbors = neighbors as NonNullable<NamespaceReadings['neighbors']>;
    const fdb = this.outputs('fdb', [commands.fdb])?.flatMap(jsonArray);
    if (fdb) this.readings.fdb = fdb as NonNullable<NamespaceReadings['fdb']>;
    const [tcp, tcp6, udp, udp6] =
      this.outputs(
        'sockets',
        ['tcp', 'tcp6', 'udp', 'udp6'].map((n) => `/proc/net/${n}`),
      ) ?? [];
    if (tcp !== undefined) this.readings.sockets = procSockets({ tcp, tcp6, udp, udp6 });
    this.sysctls();
    for (const source of ['iptables', 'ip6tables', 'iptablesLegacy', 'ip6tablesLegacy', 'nft', 'ipsets'] as const) {
      this.text(source);
    }
  }

  private sysctls(): void {
    const key = Object.keys(this.raw).find((name) => name.startsWith('sysctl ')) ?? 'sysctl';
    const text = this.outputs('sysctls', [key])?.[0];
    if (text === undefined) return;
    const pairs = text.split('\n').flatMap((line) => {
      const at = line.indexOf(' = ');
      const name = line.slice(0, at);
      return at > 0 && decidesForwarding(name) ? [[name, line.slice(at + 3)] as const] : [];
    });
    this.readings.sysctls = Object.fromEntries(pairs);
  }
}

function jsonArray(text: string): Record<string, unknown>[] {
  return text.trim() === '' ? [] : (JSON.parse(text) as Record<string, unknown>[]);
}

function withFamily(text: string, index: number): Record<string, unknown>[] {
  const family = index === 0 ? 'inet' : 'inet6';
  return jsonArray(text).map((element) => ({ family, ...element }));
}

function addressesOf(link: Record<string, unknown>): NonNullable<NamespaceReadings['addresses']> {
  const infos = (link.addr_info ?? []) as NonNullable<NamespaceReadings['addresses']>;
  return infos.map((info) => ({ ...info, ifindex: Number(link.ifindex) }));
}

interface InspectBody {
  Id: string;
  Name: string;
  HostConfig: { NetworkMode: string };
}

function convert(capture: RawCapture): Recording {
  const inspects = Object.entries(capture.docker)
    .filter(([path]) => /^\/containers\/[0-9a-f]+\/json$/.test(path))
    .map(([, body]) => body as InspectBody);
  const byName = new Map(inspects.map((body) => [body.Name.slice(1), body]));
  const namespaces = new Map<number, NamespaceRecording>();
  const sources: SourceReport[] = [];
  const containerFiles: Recording['containerFiles'] = {};

  for (const [key, raw] of Object.entries(capture.namespaces)) {
    const netns = Number(raw.netns);
    const container = key === 'host' ? undefined : byName.get(key.slice('container:'.length));
    if (key !== 'host' && !container) throw new Error(`${key} has no body`);
    if (container) {
      const file = (name: string) => (typeof raw[name] === 'string' ? raw[name] : null);
      containerFiles[container.Id] = { resolvConf: file('/etc/resolv.conf'), hosts: file('/etc/hosts') };
    }
    // A container that joined another's namespace was captured once more: one namespace is read once, from its owner.
    const known = namespaces.get(netns);
    if (known && container) {
      known.containers.push(container.Id);
      if (!container.HostConfig.NetworkMode.startsWith('container:') && known.kind === 'container') {
        known.pid = Number(raw.pid);
      }
      continue;
    }
    const sandbox = key === 'host' ? ids.hostSandbox : ids.sandbox(netns);
    const conversion = new NamespaceConversion(raw, sandbox);
    conversion.convert();
    sources.push(...conversion.sources);
    namespaces.set(netns, {
      netns,
      kind: key === 'host' ? 'host' : 'container',
      path: null,
      pid: typeof raw.pid === 'number' ? raw.pid : null,
      containers: container ? [container.Id] : [],
      netnsIds: null,
      readings: conversion.readings,
    });
  }
  const info = capture.docker['/info'] as { Name: string; KernelVersion: string; SystemTime: string };
  const whole = (source: SourceName): SourceReport => ({
    source,
    sandbox: null,
    status: 'ok',
    fault: null,
    reason: null,
    fix: null,
    tookMs: null,
  });
  return {
    format: recordingFormat,
    version: recordingVersion,
    takenAt: new Date(info.SystemTime).toISOString(),
    writtenBy: 'vethscope 0.1.0 (convertRecordings)',
    masked: true,
    host: { hostname: info.Name, kernel: info.KernelVersion },
    docker: {
      endpoint: 'unix:///var/run/docker.sock',
      bodies: Object.fromEntries(Object.entries(capture.docker).map(([path, body]) => [path, maskDockerBody(body)])),
    },
    namespaces: [...namespaces.values()],
    containerFiles,
    processes: capture.processes,
    sources: [whole('docker'), whole('namespaces'), whole('processes'), whole('resolver'), ...sources],
  };
}

/** gzip with a zeroed time and a fixed "unknown" operating system, so that equal content gives equal bytes. */
function gzipStable(text: string): Buffer {
  const bytes = gzipSync(Buffer.from(text), { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}

const from = process.argv[2];
if (from === undefined) {
  process.stderr.write('usage: tsx scripts/convertRecordings.ts FOLDER\n');
  process.exit(64);
}
const into = fileURLToPath(new URL('../packages/fixtures/recordings/', import.meta.url));
mkdirSync(into, { recursive: true });
for (const name of readdirSync(from).sort()) {
  const readings = join(from, name, 'readings.json.gz');
  if (!existsSync(readings)) continue;
  const capture = JSON.parse(gunzipSync(readFileSync(readings)).toString()) as RawCapture;
  const recording = convert(capture);
  parseRecording(recording);
  writeFileSync(join(into, `${name}.json.gz`), gzipStable(`${JSON.stringify(recording)}\n`));
  const paths = join(from, name, 'kernel-paths.json.gz');
  if (existsSync(paths)) writeFileSync(join(into, `${name}.kernel-paths.json.gz`), readFileSync(paths));
  process.stdout.write(`${name}: ${recording.namespaces.length} namespaces\n`);
}
