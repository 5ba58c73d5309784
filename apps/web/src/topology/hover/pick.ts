import type { Graph } from '@vethscope/graph';

/** What the pointer is on: a node, one of its rows, or a container that shares its sandbox; or a line. */
export type Target =
  | { kind: 'node'; id: string; row: number | null; sharer: number | null }
  | { kind: 'edge'; id: string };

const numberOf = (value: string | undefined) => (value === undefined ? null : Number(value));

/** The target under an element of the near picture. */
export function targetOf(element: Element | null): Target | null {
  const row = element?.closest<HTMLElement>('[data-row]');
  const sharer = element?.closest<HTMLElement>('[data-sharer]');
  const node = element?.closest<HTMLElement>('.react-flow__node');
  if (node?.dataset.id !== undefined) {
    return {
      kind: 'node',
      id: node.dataset.id,
      row: numberOf(row?.dataset.row),
      sharer: numberOf(sharer?.dataset.sharer),
    };
  }
  const edge = element?.closest('[data-edge]')?.getAttribute('data-edge');
  return edge == null ? null : { kind: 'edge', id: edge };
}

/** The record that a click on a target selects: of a row or a sharer its own, else the one that the box or the line leads with. */
export function recordOf(graph: Graph, target: Target): string | null {
  if (target.kind === 'edge') return graph.edges.find((edge) => edge.id === target.id)?.records[0] ?? null;
  const node = graph.nodes.find((candidate) => candidate.id === target.id);
  if (!node) return null;
  if (target.row !== null && 'rows' in node) return node.rows[target.row]?.records[0] ?? node.records[0] ?? null;
  if (target.sharer !== null && node.kind === 'container') {
    return node.sharers[target.sharer]?.records[0] ?? node.records[0] ?? null;
  }
  return node.records[0] ?? null;
}

/** What a target is that stands for no record of its own: a place outside, or the host. */
export function zoneOf(graph: Graph, target: Target): 'internet' | 'lan' | 'host' | null {
  if (target.kind === 'edge') return null;
  const node = graph.nodes.find((candidate) => candidate.id === target.id);
  if (node?.kind === 'host') return 'host';
  return node?.kind === 'outside' && node.zone !== 'remote' ? node.zone : null;
}

export function sameTarget(a: Target | null, b: Target | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'edge' || b.kind === 'edge') return a.kind === b.kind && a.id === b.id;
  return a.id === b.id && a.row === b.row && a.sharer === b.sharer;
}
