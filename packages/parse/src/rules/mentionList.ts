import type { RuleMentions } from '@vethscope/model';

/** Collects each name once, in the order of the rule's text. */
export class Mentions {
  private readonly found: RuleMentions = { addresses: [], links: [], ports: [], sets: [] };
  add(kind: keyof RuleMentions, name: string | null | undefined): void {
    if (name === null || name === undefined || name === '') return;
    const names = this.found[kind];
    if (!names.includes(name)) names.push(name);
  }
  done(): RuleMentions {
    return this.found;
  }
}
