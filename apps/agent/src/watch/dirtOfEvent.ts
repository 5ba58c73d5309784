import { type Dirt, dirtOf, everythingDirty } from './dirt.ts';

/** An element of the engine's event stream, as far as it matters here. */
export interface DockerEvent {
  Type: string;
  Action: string;
  Actor: { ID: string; Attributes?: Record<string, string> };
  timeNano?: number;
}

export function asDockerEvent(value: unknown): DockerEvent | null {
  const event = value as Partial<DockerEvent> | null;
  return typeof event?.Type === 'string' && typeof event.Action === 'string' && typeof event.Actor?.ID === 'string'
    ? (event as DockerEvent)
    : null;
}

/**
 * What an event of the engine makes dirty. Events come when the engine is done, so what it did to the kernel was announced
 * before; here is what the kernel does not announce: the engine's own objects, processes, files, legacy rules.
 */
export function dirtOfEvent({ Type, Action, Actor }: DockerEvent): Dirt {
  switch (Type) {
    case 'container': {
      const containers = new Set([Actor.ID]);
      const [verb] = Action.split(':');
      // Neither of these starts or ends a process.
      if (verb === 'health_status' || verb === 'rename' || verb === 'create' || verb === 'update')
        return dirtOf({ containers });
      return dirtOf({ containers, namespaces: true, proxies: true, files: new Set([Actor.ID]), legacyRules: true });
    }
    case 'network': {
      const container = Actor.Attributes?.container;
      const touched = new Set(container ? [container] : []);
      return dirtOf({
        networks: new Set([Actor.ID]),
        containers: touched,
        files: touched,
        proxies: touched.size > 0,
        legacyRules: true,
      });
    }
    case 'service':
    case 'node':
      return dirtOf({ swarm: true, namespaces: true });
    case 'daemon':
      return dirtOf({ engine: true });
    default:
      // Not asked for; if it comes nevertheless, nothing is known of it.
      return everythingDirty();
  }
}
