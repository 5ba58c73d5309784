import { probeTable } from '@vethscope/model';

/** A live probe's own table is there for a second and decides nothing: it is no part of the host. */
export function isOfProbe({ key, value }: { key: string; value: Record<string, unknown> }): boolean {
  const table = key === 'table' ? value.name : value.table;
  return value.family === probeTable.family && table === probeTable.name;
}
