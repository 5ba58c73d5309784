import type { Snapshot } from '@vethscope/model';
import { indexSnapshot } from '../build/snapshotIndex.ts';
import type { FindField, FindSuggestion } from './findExpression.ts';
import { containerStates, findFields, findProperties } from './parseFind.ts';

const most = 8;

/** What could stand where the cursor is: fields first, then the values that the snapshot has for the field, then whole names. */
export function suggestFind(text: string, cursor: number, snapshot: Snapshot): FindSuggestion[] {
  const start = text.slice(0, cursor).search(/\S*$/);
  const after = text.slice(cursor).search(/\s|$/);
  const word = text.slice(start, cursor);
  const sign = /^[-!]/.test(word) ? word.slice(0, 1) : '';
  const body = word.slice(sign.length);
  const replace = (value: string, note: string): FindSuggestion => ({
    text: `${sign}${value}`,
    note,
    at: start,
    length: cursor + after - start,
  });
  const colon = body.indexOf(':');
  const field = colon < 0 ? null : body.slice(0, colon).toLowerCase();
  if (field !== null && Object.hasOwn(findFields, field)) {
    const given = body.slice(colon + 1);
    const comma = given.lastIndexOf(',');
    const typed = given
      .slice(comma + 1)
      .replaceAll('"', '')
      .toLowerCase();
    const before = given.slice(0, comma + 1);
    return valuesOf(field as FindField, snapshot)
      .filter(([value]) => value.toLowerCase().includes(typed))
      .sort(([a], [b]) => Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)))
      .slice(0, most)
      .map(([value, note]) => replace(`${field}:${before}${quoted(value)} `, note));
  }
  const typed = body.replaceAll('"', '').toLowerCase();
  const fields = Object.entries(findFields)
    .filter(([name]) => name.startsWith(typed))
    .map(([name, note]) => replace(`${name}:`, note));
  const names = typed === '' ? [] : valuesOf('name', snapshot).filter(([name]) => name.toLowerCase().includes(typed));
  return [...fields, ...names.map(([name, note]) => replace(`${quoted(name)} `, note))].slice(0, most);
}

function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

function counted(values: string[], one: string, many: string): [string, string][] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => [value, `${count} ${count === 1 ? one : many}`]);
}

function valuesOf(field: FindField, snapshot: Snapshot): [string, string][] {
  const index = indexSnapshot(snapshot);
  const { containers, networks } = index;
  const per = (values: (string | null | undefined)[]) =>
    counted(
      values.filter((value) => value !== null && value !== undefined),
      'container',
      'containers',
    );
  switch (field) {
    case 'name':
      return [
        ...containers.map((each): [string, string] => [each.name, 'container']),
        ...networks.map((each): [string, string] => [each.name, 'network']),
      ];
    case 'net':
      return networks.map((each) => [each.name, `${index.endpointsOn(each.id).length} on it`]);
    case 'ip':
      return networks.flatMap((each) => each.subnets.map(({ subnet }): [string, string] => [subnet, each.name]));
    case 'port':
      return Object.values(snapshot.records.publishedPort)
        .filter((port) => port.hostPort !== null)
        .map((port): [string, string] => [String(port.hostPort), index.container(port.container)?.name ?? ''])
        .filter(([port], position, all) => all.findIndex(([other]) => other === port) === position);
    case 'driver':
      return counted(
        networks.map((each) => each.driver),
        'network',
        'networks',
      );
    case 'label':
      return per(containers.flatMap((each) => Object.entries(each.labels).map(([key, value]) => `${key}=${value}`)));
    case 'image':
      return per(containers.map((each) => each.image));
    case 'is':
      return Object.entries(findProperties);
    case 'state':
      return containerStates.map((state) => [state, '']);
    case 'project':
      return per(containers.map((each) => each.composeProject));
    case 'service':
      return per(containers.map((each) => each.composeService));
    case 'link':
      return index.linksOf('sandbox:host').map((each) => [each.name, each.kind]);
    case 'mac':
      return index
        .linksOf('sandbox:host')
        .flatMap((each): [string, string][] => (each.mac === null ? [] : [[each.mac, each.name]]));
  }
}
