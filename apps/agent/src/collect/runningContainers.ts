import type { EngineBodies } from './readEngine.ts';

/** What the collectors need to know of a container. `sandboxFile` is the engine's file of its namespace. */
export interface ContainerFacts {
  id: string;
  name: string;
  pid: number;
  startedAt: string;
  networkMode: string;
  sandboxFile: string | null;
  resolvConfPath: string | null;
  hostsPath: string | null;
}

interface InspectBody {
  Id?: string;
  Name?: string;
  State?: { Pid?: number; Running?: boolean; StartedAt?: string };
  HostConfig?: { NetworkMode?: string };
  NetworkSettings?: { SandboxKey?: string };
  ResolvConfPath?: string;
  HostsPath?: string;
}

function* inspected(bodies: EngineBodies): Generator<InspectBody & { Id: string }> {
  for (const [path, value] of Object.entries(bodies)) {
    if (!path.startsWith('/containers/') || !path.endsWith('/json')) continue;
    const body = value as InspectBody;
    if (typeof body.Id === 'string') yield { ...body, Id: body.Id };
  }
}

/** The containers that run (or are paused), from the engine's bodies. */
export function runningContainers(bodies: EngineBodies): ContainerFacts[] {
  return [...inspected(bodies)].flatMap((body) => {
    const pid = body.State?.Pid ?? 0;
    if (pid <= 0) return [];
    return {
      id: body.Id,
      name: (body.Name ?? '').replace(/^\//, ''),
      pid,
      startedAt: body.State?.StartedAt ?? '',
      networkMode: body.HostConfig?.NetworkMode ?? '',
      sandboxFile: body.NetworkSettings?.SandboxKey || null,
      resolvConfPath: body.ResolvConfPath || null,
      hostsPath: body.HostsPath || null,
    };
  });
}

/** The ids of those that do not run. */
export function restingContainers(bodies: EngineBodies): string[] {
  return [...inspected(bodies)].filter(({ State }) => (State?.Pid ?? 0) <= 0).map(({ Id }) => Id);
}
