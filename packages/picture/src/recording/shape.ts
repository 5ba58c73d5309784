/** What is written in the place of a value; undefined: nothing is. */
export type Field = (value: unknown) => unknown;

/** A number, a switch, a word of the kernel or the engine, or a list of those; what has fields of its own needs a shape. */
export const keep: Field = (value) => {
  if (Array.isArray(value)) return value.filter((each) => typeof each !== 'object');
  return typeof value === 'object' && value !== null ? undefined : value;
};

/** A text; what is none (null, where nothing was set) stays as it is, as long as it holds no text. */
export function text(mask: (text: string) => string): Field {
  return (value) =>
    typeof value === 'string' ? mask(value) : typeof value === 'object' && value !== null ? undefined : value;
}

/** An object of which only these fields are written: what is not known cannot be masked. */
export function object(fields: Readonly<Record<string, Field>>): Field {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value === null ? null : undefined;
    const written: [string, unknown][] = [];
    for (const [key, each] of Object.entries(value)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const masked = field?.(each);
      if (masked !== undefined) written.push([key, masked]);
    }
    return Object.fromEntries(written);
  };
}

export function list(field: Field): Field {
  return (value) =>
    Array.isArray(value) ? value.map(field).filter((each) => each !== undefined) : value === null ? null : undefined;
}

export function map(key: (key: string) => string, field: Field): Field {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value === null ? null : undefined;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, each]) => {
        const masked = field(each);
        return masked === undefined ? [] : [[key(name), masked]];
      }),
    );
  };
}

export function fields(field: Field, ...keys: string[]): Record<string, Field> {
  return Object.fromEntries(keys.map((key) => [key, field]));
}
