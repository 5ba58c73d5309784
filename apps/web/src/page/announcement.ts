import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { RecordChange } from '../topology/canvasProps.ts';

/** More names than this are not listened to, but counted. */
const mostNames = 4;

/** What changed, in a sentence. Containers, networks and endpoints by name; the rest is too small to be told. */
export function announcement(
  lately: ReadonlyMap<string, RecordChange>,
  since: number,
  { records }: Pick<Snapshot, 'records'>,
): string {
  const came: string[] = [];
  let went = 0;
  for (const [id, { kind, at }] of lately) {
    if (at <= since) continue;
    if (kind === 'removed' && /^(container|network|endpoint):/.test(id)) went += 1;
    if (kind !== 'added') continue;
    const endpoint = records.endpoint[id];
    if (endpoint) {
      const container = records.container[endpoint.container]?.name;
      const network = records.network[endpoint.network]?.name;
      if (container && network) came.push(t.live.onNetwork(container, network));
    } else {
      const name = records.network[id]?.name ?? records.container[id]?.name;
      if (name) came.push(name);
    }
  }
  if (came.length > mostNames) return t.live.changed(came.length + went);
  return [came.length > 0 ? t.live.came(came.join(', ')) : '', went > 0 ? t.live.went(went) : '']
    .filter(Boolean)
    .join(' ');
}
