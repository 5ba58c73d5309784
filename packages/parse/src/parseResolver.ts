import { ids, type Resolver } from '@vethscope/model';

/** The resolver's files of one container, kept as they are: who resolves a name reads them then. */
export function parseResolver(
  containerEngineId: string,
  files: { resolvConf: string | null; hosts: string | null },
): Resolver {
  return {
    type: 'resolver',
    id: `resolver:${containerEngineId}`,
    container: ids.container(containerEngineId),
    resolvConf: files.resolvConf,
    hosts: files.hosts,
  };
}
