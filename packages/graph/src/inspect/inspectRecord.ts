import type { Snapshot } from '@vethscope/model';
import { indexSnapshot } from '../build/snapshotIndex.ts';
import { inspectContainer } from './inspectContainer.ts';
import type { Inspection } from './inspection.ts';
import { inspectLink } from './inspectLink.ts';
import { inspectNetwork } from './inspectNetwork.ts';
import {
  inspectEndpoint,
  inspectPort,
  inspectProxy,
  inspectRoute,
  inspectService,
  inspectSocket,
} from './inspectOthers.ts';
import { inspectChain, inspectRule, inspectTable } from './inspectRule.ts';
import { inspectSandbox } from './inspectSandbox.ts';

/** What the inspector says about a record; null for an id that the snapshot does not have (the thing is gone). An address opens its link. */
export function inspectRecord(snapshot: Snapshot, recordId: string): Inspection | null {
  const index = indexSnapshot(snapshot);
  const { records } = snapshot;
  const container = records.container[recordId];
  if (container) return inspectContainer(index, container);
  const network = records.network[recordId];
  if (network) return inspectNetwork(index, network);
  const endpoint = records.endpoint[recordId];
  if (endpoint) return inspectEndpoint(index, endpoint);
  const link = records.link[recordId] ?? records.link[records.address[recordId]?.link ?? ''];
  if (link) return inspectLink(index, link);
  const port = records.publishedPort[recordId];
  if (port) return inspectPort(index, port);
  const sandbox = records.sandbox[recordId];
  if (sandbox) return inspectSandbox(index, sandbox);
  const rule = records.rule[recordId];
  if (rule) return inspectRule(index, rule);
  const chain = records.chain[recordId];
  if (chain) return inspectChain(index, chain);
  const table = records.table[recordId];
  if (table) return inspectTable(index, table);
  const proxy = records.proxy[recordId];
  if (proxy) return inspectProxy(index, proxy);
  const socket = records.socket[recordId];
  if (socket) return inspectSocket(index, socket);
  const route = records.route[recordId];
  if (route) return inspectRoute(index, route);
  const service = records.service[recordId];
  return service ? inspectService(index, service) : null;
}
