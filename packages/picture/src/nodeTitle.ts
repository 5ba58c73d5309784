import type { GraphNode } from '@vethscope/graph';

/** All that a node says, in one line: for the tooltip of what a picture has to shorten, and for formats that draw boxes of their own. */
export function nodeTitle(node: GraphNode): string {
  switch (node.kind) {
    case 'host':
    case 'outside':
      return join([node.title, node.detail]);
    case 'hostLink':
    case 'panel':
      return join([node.title, ...node.rows.map((row) => row.text)]);
    case 'port':
    case 'chip':
    case 'plug':
      return node.full;
    case 'network':
      return join([node.title, node.detail, node.second, ...node.badges]);
    case 'container':
      return join([
        node.title,
        node.state,
        node.subtitle,
        ...node.rows.map((row) => row.text),
        ...node.sharers.map((sharer) => sharer.title),
      ]);
    case 'tray':
      return join([node.title, node.note]);
  }
}

function join(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
