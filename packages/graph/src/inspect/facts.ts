import type { Fact, FactSection, FactTone } from './inspection.ts';

interface FactOptions {
  records?: string[];
  tone?: FactTone;
  /** Words instead of something that the machine calls so. */
  words?: boolean;
}

export function fact(label: string, value: string, options: FactOptions = {}): Fact {
  return {
    label,
    value,
    records: options.records ?? [],
    tone: options.tone ?? 'plain',
    mono: options.words !== true,
  };
}

/** The facts whose value is known; a section without any is not shown. */
export function section(title: string, facts: (Fact | null | undefined)[]): FactSection[] {
  const known = facts.filter((each): each is Fact => each !== null && each !== undefined && each.value !== '');
  return known.length === 0 ? [] : [{ title, facts: known }];
}

export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
