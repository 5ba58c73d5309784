/*
 * What is drawn: nodes, edges and how they nest, and nothing about where (see layout.ts) or in which colours (the theme of who draws).
 * The same graph is drawn by the page and by the picture exporters, so all words that are seen stand here.
 */

export type Lens = 'docker' | 'linux' | 'cnm';
export const lenses: readonly Lens[] = ['docker', 'linux', 'cnm'];

interface NodeBase {
  id: string;
  /** The node that encloses it. */
  parent: string | null;
  /** Ids of the records that it stands for; the first is the one that the inspector opens. */
  records: string[];
  /** Index of the network's hue (the theme has a list and wraps around); null: neutral ink. */
  hue: number | null;
  title: string;
}

/** One line inside a box. `records` make the line itself a thing to select; `mark` is a short word at its right end (an ifindex). */
export interface GraphRow {
  text: string;
  mark: string | null;
  records: string[];
  tone: 'fact' | 'note' | 'lit' | 'bad';
}

export type ContainerDot = 'good' | 'warn' | 'bad' | 'off';

export type GraphNode =
  /** The frame of the host. `detail`: its address (Docker lens) or its namespace (Linux lens). */
  | (NodeBase & { kind: 'host'; detail: string })
  /** What is beyond the host: the internet, its LAN, or another host behind an overlay. */
  | (NodeBase & { kind: 'outside'; zone: 'internet' | 'lan' | 'remote'; detail: string })
  /** A link of the host that leads out, on the frame's edge. `mark` is "#4", its ifindex (Linux lens). */
  | (NodeBase & { kind: 'hostLink'; mark: string | null; rows: GraphRow[]; up: boolean })
  /**
   * A published port, on the frame's edge. `note` as "this host only", "udp": small, below the pill (the layout leaves room for it there; the box
   * is the pill's). `full` says all of it, for a tooltip. `active` false: its container does not run.
   */
  | (NodeBase & { kind: 'port'; note: string | null; full: string; active: boolean })
  /** A word on a line: "DNAT 172.17.0.4:80", "docker-proxy". `on` is the edge that carries it. */
  | (NodeBase & { kind: 'chip'; role: 'dnat' | 'proxy' | 'tunnel'; on: string; full: string })
  /**
   * A network's bar (Docker, CNM), or its bridge device (Linux). `detail` as "bridge · 172.17.0.0/16 · gw .1". `shape`: `bus` for a bridge;
   * `parent` for macvlan and ipvlan, hung on the parent link; `tunnel` for overlay. `second` is a second line (Linux lens). A bar may be
   * too narrow for its `detail` and `badges`: `barLabel` (barLabel.ts) says what fits, and the rest belongs in a tooltip.
   */
  | (NodeBase & {
      kind: 'network';
      shape: 'bus' | 'parent' | 'tunnel';
      detail: string;
      second: string | null;
      internal: boolean;
      badges: string[];
    })
  /**
   * A container's card (Docker), or a sandbox (Linux, CNM). `state` is the word beside the dot, `subtitle` the image, `rows` listeners,
   * addresses, routes; in the Docker lens always one, the listeners. `sharers` are the other containers in the same sandbox
   * (`--network container:`), each with its own dot: the card has one more line for them, at its bottom. `mark` stands at the right of the title
   * (the end of the namespace's inode). `home` is the network whose bar it hangs on; null in a tray.
   */
  | (NodeBase & {
      kind: 'container';
      dot: ContainerDot;
      state: string;
      subtitle: string;
      rows: GraphRow[];
      sharers: { title: string; dot: ContainerDot; records: string[] }[];
      mode: 'network' | 'host' | 'none';
      mark: string | null;
      home: string | null;
    })
  /**
   * Where a line ends at a card (`parent` is the card): the endpoint, with the last part of its address (Docker, CNM) or the link's name
   * (Linux). In the Linux lens also the bridge's port, whose `parent` is the network. `mark` is "#8", the ifindex.
   */
  | (NodeBase & { kind: 'plug'; full: string; mark: string | null; up: boolean })
  /** Containers without a bridge: those in the host's namespace, those cut off, and those that do not run. */
  | (NodeBase & { kind: 'tray'; tray: 'host' | 'none' | 'stopped'; note: string })
  /** Linux lens: the kernel's hooks, docker-proxy, the routes, as lists between links and bridges. */
  | (NodeBase & { kind: 'panel'; panel: 'hook' | 'routes' | 'proxy' | 'sockets'; rows: GraphRow[]; more: number });

export type GraphNodeKind = GraphNode['kind'];

/** The lines of an edge are orthogonal, and those that share a way lie on each other: draw them in order, under the nodes. */
export interface GraphEdge {
  id: string;
  /**
   * `drop` a container's line, from its plug to its network's bar; `cable` the same with both ends of the veth (Linux); `publish` from a
   * port to its target's network; `proxy` the same where only docker-proxy serves; `uplink` from a host link outwards, and from a host
   * link to a port; `parent` from a macvlan or ipvlan network to its link; `tunnel` to another host; `share` within a sandbox; `flow`
   * between panels.
   */
  kind: 'drop' | 'cable' | 'publish' | 'proxy' | 'uplink' | 'parent' | 'tunnel' | 'share' | 'flow';
  from: string;
  to: string;
  records: string[];
  hue: number | null;
  /** Beside the line: the veth's name, its MTU where it is not the network's. */
  label: string | null;
  dashed: boolean;
  /** Link id whose counters give the line its width and sparkline. */
  counters: string | null;
}

export interface Graph {
  lens: Lens;
  nodes: GraphNode[];
  edges: GraphEdge[];
}
