/*
 * What is different between two moments of a host, or between two hosts, as a person would say it. Things are the same thing where they go by the
 * same name: a container that was made anew has another id, another namespace and other interface indexes, and is still "my-web".
 */

/** In the order in which they are told. */
export const comparedKinds = [
  'engine',
  'network',
  'container',
  'endpoint',
  'port',
  'service',
  'link',
  'address',
  'route',
  'policyRule',
  'sysctl',
  'socket',
  'chain',
  'rule',
  'set',
  'source',
] as const;
export type ComparedKind = (typeof comparedKinds)[number];

/** One value that is another one now; null where it was not there, or is no more. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/**
 * `before` and `after` are record ids in the respective Snapshot, null where the thing is not in it (or is no record of its own: a sysctl, the
 * engine). `place` is the namespace that it belongs to ("host", a container's name), null for what the engine keeps.
 */
export interface Change {
  kind: ComparedKind;
  change: 'came' | 'went' | 'changed';
  title: string;
  place: string | null;
  /** What is told beside the title of something that came or went: its image, its address. */
  note: string;
  fields: FieldChange[];
  before: string | null;
  after: string | null;
}

export interface Comparison {
  before: { host: string; readAt: string };
  after: { host: string; readAt: string };
  changes: Change[];
}
