import type { GraphNode } from '../graph.ts';

const words: { tray: 'host' | 'none' | 'stopped'; title: string; note: string }[] = [
  { tray: 'host', title: 'In the host’s namespace', note: 'no bridge between' },
  { tray: 'none', title: 'Cut off', note: 'no network' },
  { tray: 'stopped', title: 'Not running', note: 'no sandbox' },
];

/** A tray for each way of having no bridge that some card has. */
export function trayNodes(cards: readonly GraphNode[]): GraphNode[] {
  const used = new Set(cards.map((card) => card.parent));
  return words
    .filter(({ tray }) => used.has(`tray:${tray}`))
    .map(({ tray, title, note }) => ({
      id: `tray:${tray}`,
      kind: 'tray',
      tray,
      parent: 'host',
      records: cards.filter((card) => card.parent === `tray:${tray}`).flatMap((card) => card.records.slice(0, 1)),
      hue: null,
      title,
      note,
    }));
}
