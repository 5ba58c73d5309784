import type { Service, Task } from '@vethscope/model';
import type { EngineRecords } from '../parseEngine.ts';
import type { Draft } from './draft.ts';

/** Services and tasks with the ids that are not in this Snapshot taken out: a task on another node has its container there. */
export function joinSwarm(draft: Draft, engine: EngineRecords): { services: Service[]; tasks: Task[] } {
  const serviceIds = new Set(engine.services.map(({ id }) => id));
  const nodeIds = new Set(engine.swarmNodes.map(({ id }) => id));
  const known = ({ network }: { network: string }) => draft.networks.has(network);
  return {
    services: engine.services.map((service) => ({
      ...service,
      virtualAddresses: service.virtualAddresses.filter(known),
    })),
    tasks: engine.tasks.map((task) => ({
      ...task,
      service: task.service !== null && serviceIds.has(task.service) ? task.service : null,
      node: task.node !== null && nodeIds.has(task.node) ? task.node : null,
      container: task.container !== null && draft.containers.has(task.container) ? task.container : null,
      addresses: task.addresses.filter(known),
    })),
  };
}
