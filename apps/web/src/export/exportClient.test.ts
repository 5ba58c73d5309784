import type { Snapshot } from '@vethscope/model';
import { expect, it, vi } from 'vitest';
import { createExportClient, type ExportPort } from './exportClient.ts';
import type { ExportReply, ExportRequest, Made } from './exportMessages.ts';
import type { Order } from './order.ts';

const snapshot = { host: { hostname: 'devbox' } } as Snapshot;
const order = { format: 'svg', scale: 1 } as Order;
const made = { title: 'a picture' } as Made;

/** A worker that says what it is told to. */
class Port implements ExportPort {
  onmessage: ExportPort['onmessage'] = null;
  onerror: ExportPort['onerror'] = null;
  terminate = vi.fn();
  readonly sent: ExportRequest[] = [];
  postMessage(message: ExportRequest) {
    this.sent.push(message);
  }
  say(reply: ExportReply) {
    this.onmessage?.({ data: reply } as MessageEvent<ExportReply>);
  }
}

function client() {
  const ports: Port[] = [];
  const created = createExportClient(snapshot, () => {
    ports.push(new Port());
    return ports.at(-1) as Port;
  });
  const stages: string[] = [];
  const abort = new AbortController();
  const make = () => created.make(order, { onStage: (stage) => stages.push(stage), signal: abort.signal });
  return { created, ports, stages, abort, make };
}

it('sends the snapshot once, tells the stages, and hears its own job only', async () => {
  const { ports, stages, make } = client();
  const first = make();
  const [port] = ports;
  port?.say({ id: 1, kind: 'stage', stage: 'draw' });
  port?.say({ id: 7, kind: 'nothing' });
  port?.say({ id: 1, kind: 'made', made });
  expect(await first).toBe(made);
  const second = make();
  port?.say({ id: 2, kind: 'nothing' });
  expect(await second).toBeNull();
  expect([stages, ports.length]).toEqual([['draw'], 1]);
  expect(port?.sent.map(({ kind }) => kind)).toEqual(['host', 'order', 'order']);
});

it('a cancelled job ends the worker, and the next one starts another', async () => {
  const { created, ports, abort, make } = client();
  const job = make();
  abort.abort(new Error('cancelled'));
  await expect(job).rejects.toThrow('cancelled');
  expect(ports[0]?.terminate).toHaveBeenCalledOnce();
  const next = created.make(order, { onStage: () => {}, signal: new AbortController().signal });
  ports[1]?.say({ id: 2, kind: 'made', made });
  expect(await next).toBe(made);
});

it('a worker that fails says why, and is not used again', async () => {
  const { ports, make } = client();
  const told = make();
  ports[0]?.say({ id: 1, kind: 'fault', message: 'no font' });
  await expect(told).rejects.toThrow('no font');
  const broke = make();
  ports[1]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(broke).rejects.toThrow('out of memory');
  expect(ports.map(({ terminate }) => terminate.mock.calls.length)).toEqual([1, 1]);
});
