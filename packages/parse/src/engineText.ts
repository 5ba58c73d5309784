/*
 * The engine's bodies are what a program of any version answered, about things that people named. These readers take one field each and never
 * throw: what is not there, or is of another type, is null or empty.
 */

export type Body = Readonly<Record<string, unknown>>;

export function asBody(value: unknown): Body | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null;
}

export function bodyOf(body: Body | null, key: string): Body | null {
  return body !== null && Object.hasOwn(body, key) ? asBody(body[key]) : null;
}

export function listOf(body: Body | null, key: string): unknown[] {
  const value = body !== null && Object.hasOwn(body, key) ? body[key] : undefined;
  return Array.isArray(value) ? value : [];
}

/** A text that is not empty: the engine writes "" for what is not set. */
export function textOf(body: Body | null, key: string): string | null {
  const value = body !== null && Object.hasOwn(body, key) ? body[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

export function textsOf(body: Body | null, key: string): string[] {
  return listOf(body, key).filter((value): value is string => typeof value === 'string');
}

export function numberOf(body: Body | null, key: string): number | null {
  const value = body !== null && Object.hasOwn(body, key) ? body[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function isTrue(body: Body | null, key: string): boolean {
  return body !== null && Object.hasOwn(body, key) && body[key] === true;
}

/** The texts of an object, by key. `__proto__` as a label is a label. */
export function textMapOf(body: Body | null, key: string): Record<string, string> {
  const pairs = Object.entries(bodyOf(body, key) ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs);
}

/** Go's zero time is "never". */
export function timeOf(body: Body | null, key: string): string | null {
  const text = textOf(body, key);
  return text === null || text.startsWith('0001-01-01') ? null : text;
}
