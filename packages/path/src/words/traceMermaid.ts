import type { Hop, Snapshot, Step, Trace } from '@vethscope/model';
import {
  decidingRules,
  dispositionText,
  outcomeOf,
  packetText,
  placeOf,
  questionText,
  translationText,
} from './traceWords.ts';
import { withoutControls } from './wrap.ts';

/** Mermaid reads markup, quotes and its own entities in labels. Source: mermaid.js.org, flowchart syntax, "Entity codes". */
export function mermaidLabel(text: string): string {
  const entities: Record<string, string> = {
    '#': '#35;',
    '"': '#quot;',
    '<': '#lt;',
    '>': '#gt;',
    '&': '#amp;',
    '`': '#96;',
    '|': '#124;',
    '[': '#91;',
    ']': '#93;',
    '{': '#123;',
    '}': '#125;',
    '\\': '#92;',
  };
  return withoutControls(text).replace(/[#"<>&`|[\]{}\\]/g, (character) => entities[character] ?? character);
}

/** A trace as a Mermaid flowchart: a box for each hop with the steps that decided, and the ending. */
export function traceMermaid(snapshot: Snapshot, trace: Trace): string {
  const lines = ['flowchart TD', `  question(["${mermaidLabel(questionText(trace))}"])`];
  let before = 'question';
  for (const [legAt, leg] of trace.legs.entries()) {
    for (const [hopAt, hop] of leg.hops.entries()) {
      const box = `leg${legAt + 1}hop${hopAt + 1}`;
      const arrow = hopAt === 0 ? `-->|"${mermaidLabel(packetText(leg.packet))}"|` : '-->';
      lines.push(`  subgraph ${box}["${mermaidLabel(placeOf(snapshot, hop))}"]`);
      const labels = nodeLabels(hop);
      labels.forEach((label, at) => {
        lines.push(`    ${box}s${at + 1}["${label}"]`);
      });
      labels.slice(1).forEach((_, at) => {
        lines.push(`    ${box}s${at + 1} --> ${box}s${at + 2}`);
      });
      lines.push('  end', `  ${before} ${arrow} ${box}s1`);
      before = `${box}s${labels.length}`;
    }
  }
  const outcome = outcomeOf(trace.disposition);
  lines.push(
    `  ending(["${mermaidLabel(dispositionText(trace.disposition))}<br/>${mermaidLabel(trace.cause.sentence)}"])`,
    `  ${before} --> ending`,
    `  class ending ${outcome}`,
    '  classDef success fill:#d7f5dd,stroke:#1a7f37,color:#0b3d1a',
    '  classDef failure fill:#ffdcd7,stroke:#b42318,color:#5c1008',
    '  classDef unknown fill:#fff2cc,stroke:#9a6700,color:#4d3300',
  );
  return `${lines.join('\n')}\n`;
}

/** A box without a node is no valid target of an arrow: its first step stands for a hop in which nothing was decided. */
function nodeLabels({ steps }: Hop): string[] {
  const labels = steps.flatMap(stepLabel);
  return labels.length > 0 ? labels : [mermaidLabel(steps[0]?.sentence ?? 'passes')];
}

function stepLabel(step: Step): string[] {
  switch (step.kind) {
    case 'chain': {
      const rules = decidingRules(step.chain);
      const last = rules.at(-1);
      // A policy that accepts decides nothing that a drawing must show.
      if (step.byPolicy && step.verdict === 'accept') return [];
      const place = `${step.hook}: ${step.family} ${step.table} ${step.chain.name}: ${step.verdict}`;
      if (step.byPolicy || last === undefined) return [mermaidLabel(`${place} by policy`)];
      return [`${mermaidLabel(place)}<br/>${mermaidLabel(`${last.chain} ${last.rule.position}: ${last.rule.text}`)}`];
    }
    case 'translate':
      return [mermaidLabel(translationText(step))];
    case 'originate':
    case 'receive':
    case 'transmit':
    case 'deliver':
    case 'resolve':
    case 'route':
    case 'bridge':
    case 'proxy':
    case 'unmodelled':
      return [mermaidLabel(step.sentence)];
    case 'neighbor':
    case 'conntrack':
      return [];
    default: {
      const never: never = step;
      return never;
    }
  }
}
