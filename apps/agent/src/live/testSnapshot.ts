import { emptyRecords, ids, type Snapshot } from '@vethscope/model';

/** A host whose bridges have these names, and nothing else. */
export function testSnapshot(names: string[]): Snapshot {
  const records = emptyRecords();
  for (const name of names) {
    const id = ids.network(name);
    records.network[id] = {
      type: 'network',
      id,
      engineId: name,
      name,
      driver: 'bridge',
      scope: 'local',
      internal: false,
      attachable: false,
      ingress: false,
      enableIPv4: true,
      enableIPv6: false,
      subnets: [],
      bridge: null,
      bridgeName: null,
      parent: null,
      parentName: null,
      sandbox: null,
      vni: null,
      options: {},
      labels: {},
      composeProject: null,
      createdAt: null,
    };
  }
  const readAt = '2026-01-01T00:00:00.000Z';
  return {
    readAt,
    host: { hostname: 'h', kernel: null, os: null, architecture: null },
    engine: null,
    sources: [],
    records,
    counters: { at: readAt, links: {}, rules: {} },
  };
}
