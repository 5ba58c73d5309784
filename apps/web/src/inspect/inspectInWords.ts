import { type Fact, type Inspection, inspectRecord } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import { wordsFor } from '../text/wordsFor.ts';

/** An inspection in the page's language: labels, states and values in words. */
export function inspectInWords(snapshot: Snapshot, recordId: string): Inspection | null {
  const inspection = inspectRecord(snapshot, recordId);
  if (inspection === null) return null;
  const word = wordsFor(snapshot);
  const fact = (each: Fact): Fact => ({
    ...each,
    label: word(each.label),
    value: each.mono ? each.value : word(each.value),
  });
  return {
    ...inspection,
    subtitle: t.packages.word(inspection.subtitle),
    state: inspection.state && { ...inspection.state, text: t.packages.word(inspection.state.text) },
    sections: inspection.sections.map(({ title, facts }) => ({ title: word(title), facts: facts.map(fact) })),
    neighbours: inspection.neighbours.map(fact),
    rules: inspection.rules.map((rule) => ({ ...rule, why: word(rule.why) })),
  };
}
