import type { GraphNode } from '@vethscope/graph';
import { t } from '../text/text.ts';

const said = t.canvas.nodes;

/** The words that a screen reader says for a node. */
export function nodeLabel(node: GraphNode): string {
  switch (node.kind) {
    case 'host':
      return `${said.host} ${node.title}, ${node.detail}`;
    case 'outside':
      return `${node.title}, ${node.detail}, ${said.outside}`;
    case 'hostLink':
      return `${said.link} ${node.title}, ${node.up ? said.up : said.down}`;
    case 'port':
      return [`${said.port} ${node.title}`, node.note, node.full, node.active ? null : said.inactive]
        .filter((part) => part !== null)
        .join(', ');
    case 'chip':
      return node.full;
    case 'network':
      return `${said.network} ${node.title}, ${node.detail}${node.internal ? `, ${said.internal}` : ''}`;
    case 'container':
      return [
        `${said.container} ${node.title}`,
        t.packages.word(node.state),
        node.subtitle,
        ...node.rows.map((row) => row.text),
      ]
        .filter((part) => part !== '')
        .join(', ');
    case 'plug':
      return `${said.endpoint} ${node.full}${node.up ? '' : `, ${said.down}`}`;
    case 'tray':
      return `${node.title}, ${node.note}`;
    case 'panel':
      return [node.title, ...node.rows.map((row) => row.text)].join(', ');
  }
}
