import type { CauseCode, Disposition, Question, Snapshot } from '@vethscope/model';
import type { PlacedCell } from '@vethscope/path';
import type { ReachAsked } from './readReach.ts';

/** `from` and `to` of a cell are the ids of its source and target. */
export interface ReachDocument {
  readAt: string;
  sources: { id: string; kind: string; label: string; network: string | null }[];
  targets: {
    id: string;
    kind: string;
    label: string;
    of: string;
    network: string | null;
    protocol: string;
    port: number;
    records: string[];
  }[];
  cells: {
    from: string;
    to: string;
    disposition: Disposition;
    code: CauseCode;
    sentence: string;
    question: Question;
  }[];
}

/** The matrix for a program: who, what, and every cell of it. */
export function reachJson(
  { readAt }: Snapshot,
  { asked: { sources, targets }, cells }: { asked: ReachAsked; cells: readonly PlacedCell[] },
): ReachDocument {
  return {
    readAt,
    sources: sources.map(({ id, kind, label, network }) => ({ id, kind, label, network })),
    targets: targets.map(({ id, kind, label, group, protocol, port, touches }) => ({
      id,
      kind,
      label,
      of: group.id,
      network: group.network,
      protocol,
      port,
      records: touches,
    })),
    cells: cells.map(({ row, column, disposition, code, sentence, question }) => ({
      from: sources[row]?.id ?? '',
      to: targets[column]?.id ?? '',
      disposition,
      code,
      sentence,
      question,
    })),
  };
}
