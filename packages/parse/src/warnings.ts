import type { SourceName, Warning } from '@vethscope/model';

/** What a parser returns: what it understood, and what it did not. */
export interface Parsed<T> {
  records: T[];
  warnings: Warning[];
}

/** An element that is larger than this is cut: a warning shows where to look, it does not carry a file. */
const longestText = 4000;

function verbatim(value: unknown): string {
  let text: string | undefined;
  try {
    text = typeof value === 'string' ? value : JSON.stringify(value);
  } catch {
    // A cycle, a bigint: not JSON, so not from a reading, but no reason to fail.
  }
  const whole = text ?? String(value);
  return whole.length > longestText ? `${whole.slice(0, longestText)}…` : whole;
}

/** Collects the warnings of one source in one place; gives each an id of its own. */
export class WarningList {
  readonly list: Warning[] = [];
  private readonly source: SourceName;
  private readonly sandbox: string | null;
  private readonly taken = new Map<string, number>();

  constructor(source: SourceName, sandbox: string | null) {
    this.source = source;
    this.sandbox = sandbox;
  }

  add(where: string, value: unknown, reason: string): void {
    const place = this.sandbox === null ? '' : this.sandbox.slice('sandbox:'.length);
    const id = `warning:${place}/${this.source}/${where}`;
    const count = (this.taken.get(id) ?? 0) + 1;
    this.taken.set(id, count);
    this.list.push({
      type: 'warning',
      id: count === 1 ? id : `${id}#${count}`,
      source: this.source,
      sandbox: this.sandbox,
      where,
      text: verbatim(value),
      reason,
    });
  }
}

/** Gives out ids: the second of the same name gets "#2", and so on, in the order of the reading. */
export class UniqueIds {
  private readonly taken = new Map<string, number>();

  take(id: string): string {
    const count = (this.taken.get(id) ?? 0) + 1;
    this.taken.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  }
}
