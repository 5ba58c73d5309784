import type { AnyRecord, Highlight, Records, RecordType, Snapshot, SnapshotDiff } from '@vethscope/model';

/** More than these are a list to read, not a mark on a line of time. */
const mostHighlights = 8;

/** What a person would name first. Of other records only the number is told. */
const ranks: Partial<Record<RecordType, number>> = {
  container: 0,
  network: 1,
  endpoint: 2,
  publishedPort: 3,
  rule: 4,
  link: 5,
};

/** What of a diff a person would name; `before` is the Snapshot that it leads away from, where what went still has its name. */
export function highlightsOf(diff: SnapshotDiff, before: Snapshot, after: Snapshot): Highlight[] {
  const found: Highlight[] = [];
  const tell = (change: Highlight['change'], record: AnyRecord | undefined, records: Records) => {
    const name = record && nameOf(record, records);
    if (record && name) found.push({ change, type: record.type, id: record.id, name });
  };
  for (const { type, id } of diff.removed) tell('removed', before.records[type][id], before.records);
  for (const record of diff.added) tell('added', record, after.records);
  for (const record of diff.updated) tell('updated', record, after.records);
  const rank = ({ type }: Highlight) => ranks[type] ?? 9;
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, mostHighlights);
}

/** null for what is not named on a line of time. */
function nameOf(record: AnyRecord, records: Records): string | null {
  switch (record.type) {
    case 'container':
    case 'network':
      return record.name;
    case 'endpoint': {
      const [container, network] = [records.container[record.container], records.network[record.network]];
      return container && network ? `${container.name} on ${network.name}` : null;
    }
    case 'publishedPort':
      return `${record.hostPort ?? '?'}/${record.protocol}`;
    case 'rule':
      return record.sandbox === 'sandbox:host' ? record.text : null;
    case 'link':
      return record.sandbox === 'sandbox:host' && record.kind !== 'veth' ? record.name : null;
    default:
      return null;
  }
}
