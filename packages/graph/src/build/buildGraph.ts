import type { Snapshot } from '@vethscope/model';
import type { Graph, Lens } from '../graph.ts';
import { cableGraph } from './cables.ts';
import { cnmCards } from './cnmCards.ts';
import { type CardWords, containerNodes, dockerCards } from './containers.ts';
import { endpointGraph } from './endpoints.ts';
import { hostFrame } from './hostFrame.ts';
import { chooseHostLinks, hostLinkNodes } from './hostLinks.ts';
import { linuxCards } from './linuxCards.ts';
import { networkNodes } from './networks.ts';
import { outsideGraph } from './outside.ts';
import { panelGraph } from './panels.ts';
import { parentGraph } from './parents.ts';
import { publishedPortGraph } from './publishedPorts.ts';
import { indexSnapshot, type SnapshotIndex } from './snapshotIndex.ts';
import { trayNodes } from './trays.ts';

export interface BuildOptions {
  /** Hues to keep, by network id: so that a network keeps its own when an older one is removed. */
  hues?: Readonly<Record<string, number>> | undefined;
}

/**
 * What is drawn of a snapshot through a lens. Pure and in a fixed order: the same snapshot makes the same graph. Every node and edge carries
 * the ids of the records that it stands for, so that a selection finds its way from the picture to the records and back.
 */
export function buildGraph(snapshot: Snapshot, lens: Lens, options: BuildOptions = {}): Graph {
  const index = indexSnapshot(snapshot, options.hues);
  const links = chooseHostLinks(index);
  const cards = containerNodes(index, cardWords(index, lens));
  const trays = trayNodes(cards);
  const parts = [
    outsideGraph(index, lens, links),
    { nodes: [hostFrame(index, lens, links), ...hostLinkNodes(index, lens, links)], edges: [] },
    lens === 'docker' ? publishedPortGraph(index, links) : lens === 'linux' ? panelGraph(index, links) : nothing,
    { nodes: [...networkNodes(index, lens), ...trays, ...cards], edges: [] },
    lens === 'linux' ? cableGraph(index, cards) : endpointGraph(index, lens, cards),
    parentGraph(index, links),
  ];
  return { lens, nodes: parts.flatMap((part) => part.nodes), edges: parts.flatMap((part) => part.edges) };
}

const nothing: Pick<Graph, 'nodes' | 'edges'> = { nodes: [], edges: [] };

function cardWords(index: SnapshotIndex, lens: Lens): CardWords {
  switch (lens) {
    case 'docker':
      return dockerCards(index);
    case 'linux':
      return linuxCards(index);
    case 'cnm':
      return cnmCards(index);
  }
}
