import type { GraphEdge } from '@vethscope/graph';

/** The canvas's own words; what stands in boxes and on lines comes with the graph. */
export const canvas = {
  canvas: {
    role: 'network picture',
    label: 'Network picture of the host. Arrow keys walk, Enter selects, Escape leaves.',
  },
  zoom: {
    toolbar: 'Zoom',
    out: 'Zoom out',
    outHint: 'Zoom out (−)',
    in: 'Zoom in',
    inHint: 'Zoom in (+)',
    actual: (percent: number) => `Zoom is ${percent} percent; back to 100`,
    actualHint: 'Actual size (1)',
    fit: 'Fit all into view',
    fitHint: 'Fit all (f)',
  },
  empty: {
    title: 'No containers yet',
    text: 'This is the host with the networks that Docker made. Start a container and watch it arrive:',
    copy: 'Copy the command',
    copied: 'Copied',
    pastTitle: 'No containers at that moment',
    pastText: 'The host had the networks that are drawn here, and nothing stood on them.',
    fileTitle: 'No containers in this recording',
    fileText: 'When it was made, the host had the networks that are drawn here, and nothing stood on them.',
  },
  hidden: {
    title: 'Everything is hidden',
    text: (count: number) =>
      `The filter takes away ${count === 1 ? 'the one box' : `all ${count} boxes`} of this picture.`,
    showAll: 'Show all',
  },
  pinned: 'pinned',
  pinnedHint: 'You put it here. A double click lets it go.',
  internal: 'internal: no way out of the host',
  sharedBy: (names: readonly string[]) => `shares its network stack with ${names.join(', ')}`,
  moreRows: (count: number) => `${count} more`,
  received: 'in',
  sent: 'out',
  edges: {
    drop: 'joins the network',
    cable: 'veth pair',
    publish: 'published port',
    proxy: 'through docker-proxy',
    uplink: 'leads out of the host',
    parent: 'on the parent link',
    tunnel: 'tunnel to another host',
    share: 'same network stack',
    flow: 'the way of packets',
  } satisfies Record<GraphEdge['kind'], string>,
  /** What a screen reader says before a box's own words. */
  nodes: {
    host: 'host',
    outside: 'outside the host',
    link: 'link',
    port: 'published port',
    network: 'network',
    container: 'container',
    endpoint: 'endpoint',
    up: 'up',
    down: 'down',
    inactive: 'not active',
    internal: 'internal',
  },
};
