import type { Graph } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { selectGraph } from '@vethscope/picture';
import type { Subject } from './order.ts';

/** The networks and compose projects of which there can be a picture, by name. */
export function namedSubjects({ records }: Snapshot): { networks: string[]; projects: string[] } {
  const drawn = Object.values(records.network).filter(({ driver }) => driver !== 'host' && driver !== 'null');
  const projects = [...Object.values(records.container), ...Object.values(records.network)].flatMap(
    ({ composeProject }) => composeProject ?? [],
  );
  return { networks: distinct(drawn.map(({ name }) => name)), projects: distinct(projects) };
}

const distinct = (names: readonly string[]) => [...new Set(names)].sort();

/** The ids by which a picture of what is selected is asked for; null where a selection is nothing of which there is one, as a rule is not. */
export function selectedIds(snapshot: Snapshot, graph: Graph, selection: string | null): string[] | null {
  if (selection === null) return null;
  const nodes = graph.nodes.filter((node) => node.records.includes(selection) && node.kind !== 'host');
  const ids = [selection, ...nodes.map(({ id }) => id)];
  return selectGraph(graph, snapshot, { kind: 'ids', ids }) === null ? null : ids;
}

/** What a select's option stands for. A name may hold anything, so the kind comes first. */
export const subjectKey = (subject: Subject): string =>
  'name' in subject ? `${subject.kind} ${subject.name}` : subject.kind;

export function subjectOfKey(key: string): Subject {
  const [, kind = '', name = ''] = /^(\S+)(?: ([\s\S]*))?$/.exec(key) ?? [];
  switch (kind) {
    case 'network':
    case 'project':
      return { kind, name };
    case 'view':
    case 'selection':
    case 'path':
    case 'difference':
      return { kind };
    default:
      return { kind: 'whole' };
  }
}
