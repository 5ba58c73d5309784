import type { Comparison } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import type { ChangesStore, RecordChange } from '../topology/canvasProps.ts';

/** A container that came or went is told as one thing: its endpoints and their veth pairs came or went with it. */
function withContainer({ records }: Snapshot, id: string): string[] {
  const endpoints = Object.values(records.endpoint).filter(({ container }) => container === id);
  return [id, ...endpoints.flatMap((endpoint) => [endpoint.id, endpoint.inside, endpoint.outside])].filter(
    (each) => each !== null,
  );
}

const isIn = ({ records }: Snapshot, id: string | null) =>
  id !== null && Object.values(records).some((table) => Object.hasOwn(table, id));

/** What a difference lights on the map: what came, what is another, and (by its id before) what went. */
export function differenceChanges(
  comparison: Comparison | null,
  sides: { before: Snapshot; after: Snapshot } | null,
): ChangesStore {
  const recent = new Map<string, RecordChange>();
  const tell = (kind: RecordChange['kind'], id: string | null, snapshot: Snapshot) => {
    if (id === null) return;
    for (const each of withContainer(snapshot, id)) recent.set(each, { kind, at: 0 });
  };
  for (const { change, before, after } of sides ? (comparison?.changes ?? []) : []) {
    if (change === 'came' && sides) tell('added', after, sides.after);
    // What was renamed is told as gone by its old name, and is still there by its id.
    if (change === 'went' && sides && !isIn(sides.after, before)) tell('removed', before, sides.before);
    // A container that was made anew has another id, and is still there.
    if (change === 'changed' && after !== null) recent.set(after, { kind: 'updated', at: 0 });
  }
  return { subscribe: () => () => {}, recent: () => recent, lasting: true };
}
