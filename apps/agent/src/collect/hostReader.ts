import { hostname, release } from 'node:os';
import {
  type NamespaceRecording,
  type ProcessReading,
  type Recording,
  recordingFormat,
  recordingVersion,
  type SourceName,
  type SourceReport,
  sameValue,
} from '@vethscope/model';
import type { Kernel } from '../host/kernel.ts';
import { namespaceAt } from '../host/namespaces.ts';
import { kernelSources } from '../host/readNamespace.ts';
import type { ToolResult, ToolRun } from '../host/runTool.ts';
import { version } from '../version.ts';
import { cleanDirt, type Dirt } from '../watch/dirt.ts';
import { kernelRequestsOf, rulesToRead } from './dirtyNamespaces.ts';
import type { EngineClient } from './engineClient.ts';
import { findNamespaces, type NamespaceTarget } from './findNamespaces.ts';
import { forEachLimited } from './forEachLimited.ts';
import { type NamespacePatch, type NamespaceState, patched, replaceReports } from './namespaceParts.ts';
import { readAhead } from './readAhead.ts';
import { type ContainerFiles, filesReport, readContainerFiles } from './readContainerFiles.ts';
import { type EngineReading, enginePaths, readEngine, settledBodies } from './readEngine.ts';
import { type KernelRequest, readKernel } from './readKernel.ts';
import { processesReport, readProxies } from './readProcesses.ts';
import { hasAnyLegacyTable, readRules } from './readRules.ts';
import { type ContainerFacts, restingContainers, runningContainers } from './runningContainers.ts';
import { findOwners, type SocketOwnership, unsettled, withOwners } from './socketOwnership.ts';
import { failedReport, report, type SourceFailure } from './sourceFailure.ts';

export interface HostReaderOptions {
  kernel: Kernel;
  /** A SourceFailure where there is no engine that could be asked. */
  engine: EngineClient | SourceFailure;
  runTool: (run: ToolRun) => Promise<ToolResult>;
  isRoot: boolean;
  /** What of an engine's body may be kept: secrets are taken out before anything else sees them. null: they are kept. */
  maskBody: ((body: unknown) => unknown) | null;
}

/** The readings of this host as they stand, and the one way to renew them. */
export interface HostReader {
  /** Reads what is dirty. Gives what is to be read soon after, for the sake of a quick first picture: see `later`. */
  read(dirt: Dirt): Promise<Dirt>;
  /** What stands now. Parts that were not read again are the same objects as in the last one. */
  recording(): Recording;
  engineAnswers(): boolean;
  /** Ids of the containers that do not run. */
  restingContainers(): string[];
  /** Whether the engine knows its swarm's services. */
  managesSwarm(): boolean;
  /** The namespaces as they stand, the host's first. */
  namespaces(): NamespaceState[];
}

/**
 * Tools at a time. Each sandbox's rules are two or three processes of about a millisecond, so a hundred of them take a good part of a
 * second on two cores: they come after the first picture, which shows everything else.
 */
const toolsAtATime = 4;

export function createHostReader(options: HostReaderOptions): HostReader {
  const { kernel, engine, runTool, isRoot, maskBody } = options;
  let engineReading: EngineReading = {
    endpoint: engine instanceof Error ? null : engine.endpoint.text,
    bodies: {},
    reports: engine instanceof Error ? [failedReport('docker', null, engine)] : [],
    answers: false,
  };
  let containers = new Map<string, ContainerFacts>();
  let states = new Map<number, NamespaceState>();
  /** Up to which change the rules of a sandbox were read. */
  const generations = new Map<number, number>();
  let files: ContainerFiles = {};
  const refusedFiles = new Set<string>();
  let processes: ProcessReading[] = [];
  let owners: SocketOwnership = new Map();
  let reports: SourceReport[] = [];
  let proxiesReport = report('processes', null, { status: 'ok' });
  let ownersPartial = false;

  const foreignKernel = (): string | null => {
    const info = engineReading.bodies[enginePaths.info] as { KernelVersion?: string } | undefined;
    return info?.KernelVersion && info.KernelVersion !== release() ? info.KernelVersion : null;
  };
  const setReports = (next: SourceReport[]) => {
    reports = replaceReports(reports, new Set(next.map(({ source }) => source)), next);
  };

  const reportProcesses = () => setReports([processesReport(proxiesReport, { partial: ownersPartial, isRoot })]);

  async function refreshEngine(dirt: Dirt): Promise<boolean> {
    const all = dirt.everything || dirt.engine;
    if (engine instanceof Error || !(all || dirt.swarm || dirt.containers.size + dirt.networks.size > 0)) return false;
    const masked: EngineClient = maskBody
      ? { ...engine, get: async (path) => maskBody(await engine.get(path)) }
      : engine;
    const next = await readEngine(masked, engineReading, { ...dirt, all });
    const sources = new Set<SourceName>(['docker', 'swarm']);
    engineReading = {
      ...next,
      bodies: settledBodies(engineReading.bodies, next.bodies),
      reports: replaceReports(engineReading.reports, sources, next.reports),
    };
    const before = containers;
    containers = new Map(runningContainers(engineReading.bodies).map((facts) => [facts.id, facts]));
    // Whether containers came, went or were started again in the meantime.
    return (
      before.size !== containers.size ||
      [...containers.values()].some(({ id, pid, startedAt }) => {
        const old = before.get(id);
        return old?.pid !== pid || old.startedAt !== startedAt;
      })
    );
  }

  /** Finds namespaces and forgets those that are no more. Gives the new ones. */
  function refreshNamespaces(): NamespaceState[] {
    const found = findNamespaces({ containers: [...containers.values()], foreignKernel: foreignKernel(), isRoot });
    setReports([found.report]);
    const next = new Map<number, NamespaceState>();
    const fresh: NamespaceState[] = [];
    for (const target of found.targets) {
      const known = states.get(target.netns);
      const state = known ? retargeted(known, target) : { target, readings: {}, netnsIds: null, reports: [] };
      if (!known || known.target.kind !== target.kind) fresh.push(state);
      next.set(target.netns, state);
    }
    states = next;
    for (const netns of generations.keys()) if (!next.has(netns)) generations.delete(netns);
    return fresh;
  }

  async function refreshKernel(requests: KernelRequest[]): Promise<void> {
    if (requests.length === 0) return;
    const results = await readKernel(kernel, requests, [...states.values()]);
    results.forEach((patch, index) => {
      const netns = requests[index]?.state.target.netns ?? -1;
      const now = states.get(netns);
      if (!now) return;
      if (patch === null) states.delete(netns);
      else states.set(netns, patched(now, withOwners(patch, owners)));
    });
  }

  /** Rules of which the kernel says that they are those that were read are left alone, but for the `counted`. */
  async function refreshRules(keys: number[], counted: ReadonlySet<number>): Promise<void> {
    const wanted = keys.flatMap((netns) => states.get(netns) ?? []);
    const sandboxes = wanted.filter(({ target }) => target.kind !== 'host');
    const listed =
      sandboxes.length === 0
        ? []
        : await kernel.listRuleTables(sandboxes.map(({ target }) => ({ path: target.opens, netns: target.netns })));
    await forEachLimited(wanted, toolsAtATime, async (state) => {
      const { netns } = state.target;
      const found = 'unavailable' in listed ? null : (listed[sandboxes.indexOf(state)] ?? null);
      const isSame = found !== null && generations.get(netns) === found.generation && !counted.has(netns);
      if (isSame && !(await hasAnyLegacyTable(state))) return;
      const patch = await readRules(state, { runTool, isRoot, tables: found?.tables ?? null });
      const now = states.get(netns);
      // A container that ended while its rules were printed: the tools' faults are none.
      const isGone = patch.reports.length > 0 && namespaceAt(state.target.opens)?.netns !== netns;
      if (!now || isGone) return;
      states.set(netns, patched(now, patch));
      if (found && patch.reports.length === 0) generations.set(netns, found.generation);
    });
  }

  async function refreshProxies(): Promise<void> {
    const read = await readProxies(kernel);
    if (!sameValue(processes, read.processes)) processes = read.processes;
    proxiesReport = read.report;
    reportProcesses();
  }

  async function refreshFiles(wanted: ContainerFacts[]): Promise<void> {
    if (wanted.length === 0) return;
    const read = await readContainerFiles(wanted);
    files = { ...files, ...read.files };
    for (const { id } of wanted) refusedFiles.delete(id);
    for (const id of read.refused) refusedFiles.add(id);
    setReports([filesReport(refusedFiles.size, { isRoot, tookMs: read.tookMs })]);
  }

  function forgetFiles(): void {
    for (const id of Object.keys(files)) if (!containers.has(id)) files = without(files, id);
    for (const id of refusedFiles) if (!containers.has(id)) refusedFiles.delete(id);
  }

  /** Gives whether it is to be done again in a moment. */
  async function refreshOwners(): Promise<boolean> {
    const found = await findOwners(kernel, [...states.values()], { known: owners, now: performance.now() });
    if (!found) return false;
    owners = found.owners;
    for (const [netns, state] of states) states.set(netns, withOwners(state, owners));
    ownersPartial = found.partial;
    reportProcesses();
    return found.isDoubtful;
  }

  /** What of these namespaces is still to be read, after what was read ahead of them. */
  function requestsFor(
    wanted: NamespaceState[],
    { ahead, isFresh }: { ahead: ReadonlyMap<number, NamespacePatch> | null; isFresh: boolean },
  ): KernelRequest[] {
    const requests: KernelRequest[] = [];
    for (const state of wanted) {
      const patch = ahead?.get(state.target.netns);
      if (patch) states.set(state.target.netns, patched(state, withOwners(patch, owners)));
      else requests.push({ state, wanted: [...kernelSources] });
    }
    // The host's own links tell under which id it knows a new namespace.
    const hostState = [...states.values()].find(({ target }) => target.kind === 'host');
    if (isFresh && hostState && !wanted.includes(hostState)) requests.unshift({ state: hostState, wanted: ['links'] });
    return requests;
  }

  return {
    async read(dirt) {
      const later = cleanDirt();
      // The host is there without an engine.
      if (states.size === 0) refreshNamespaces();
      const [ahead, changed] = await Promise.all([
        dirt.everything ? readAhead(kernel, [...states.values()]) : null,
        refreshEngine(dirt),
        dirt.everything ? null : refreshKernel(kernelRequestsOf(dirt, states)),
        dirt.proxies || dirt.everything ? refreshProxies() : null,
        refreshRules(rulesToRead(dirt, states, 'host'), dirt.ruleCounters),
      ]);
      if (dirt.everything || dirt.namespaces || changed) {
        const fresh = refreshNamespaces();
        const wanted = dirt.everything ? [...states.values()] : fresh;
        await refreshKernel(requestsFor(wanted, { ahead, isFresh: fresh.length > 0 }));
        for (const { target } of wanted) {
          if (target.kind !== 'host') later.parts.set(target.netns, new Set(['rules']));
          for (const id of target.containers) later.files.add(id);
        }
        if (dirt.everything) for (const id of containers.keys()) later.files.add(id);
        later.owners = wanted.length > 0;
      }
      await Promise.all([
        refreshRules(rulesToRead(dirt, states, 'sandboxes'), dirt.ruleCounters),
        refreshFiles([...dirt.files].flatMap((id) => containers.get(id) ?? [])),
      ]);
      if (dirt.everything) owners = unsettled(owners);
      else if (dirt.owners && (await refreshOwners())) later.owners = true;
      forgetFiles();
      return later;
    },

    recording: () => ({
      format: recordingFormat,
      version: recordingVersion,
      takenAt: new Date().toISOString(),
      writtenBy: `vethscope ${version}`,
      masked: maskBody !== null,
      host: { hostname: hostname(), kernel: release() },
      docker: { endpoint: engineReading.endpoint, bodies: engineReading.bodies },
      namespaces: [...states.values()].map(recordingOf),
      containerFiles: files,
      processes,
      sources: [...engineReading.reports, ...reports, ...[...states.values()].flatMap((state) => state.reports)],
    }),
    engineAnswers: () => engineReading.answers,
    restingContainers: () => restingContainers(engineReading.bodies),
    managesSwarm: () => enginePaths.services in engineReading.bodies,
    namespaces: () => [...states.values()],
  };
}

/** The same state under what the search says of it now. */
function retargeted(state: NamespaceState, target: NamespaceTarget): NamespaceState {
  return JSON.stringify(state.target) === JSON.stringify(target) ? state : { ...state, target };
}

const recordings = new WeakMap<NamespaceState, NamespaceRecording>();

function recordingOf(state: NamespaceState): NamespaceRecording {
  const known = recordings.get(state);
  if (known) return known;
  const { netns, kind, path, pid, containers } = state.target;
  const recording = { netns, kind, path, pid, containers, netnsIds: state.netnsIds, readings: state.readings };
  recordings.set(state, recording);
  return recording;
}

function without(files: ContainerFiles, id: string): ContainerFiles {
  const { [id]: _, ...rest } = files;
  return rest;
}
