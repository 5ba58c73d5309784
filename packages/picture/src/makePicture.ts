import {
  type Box,
  buildGraph,
  type Comparison,
  compareSnapshots,
  type Graph,
  hideInGraph,
  type Layout,
  type Lens,
  networkHues,
  type TraceMarks,
  traceOverlay,
} from '@vethscope/graph';
import { type Snapshot, type Trace, VethscopeError } from '@vethscope/model';
import { differenceMarks } from './differenceMarks.ts';
import { differenceSceneOf } from './differenceSceneOf.ts';
import { inView } from './inView.ts';
import { lanesSceneOf } from './lanesSceneOf.ts';
import { layoutForPicture } from './layoutForPicture.ts';
import { type Masked, type MaskOptions, maskSnapshot } from './maskSnapshot.ts';
import type { Scene } from './scene.ts';
import { sceneOf } from './sceneOf.ts';
import { selectGraph } from './selectGraph.ts';
import { stackScenes } from './stackScenes.ts';
import type { ThemeName } from './theme.ts';
import { type Ghosts, withGone } from './withGone.ts';

/**
 * What a picture is of. `view` is a part of a layout that somebody looks at, and stays as it is there; `trace` the way of a packet, as it was asked for;
 * `difference` what came, went and changed since an earlier Snapshot.
 */
export type PictureSubject =
  | { kind: 'whole' }
  | { kind: 'network'; network: string }
  | { kind: 'project'; project: string }
  | { kind: 'ids'; ids: readonly string[] }
  | { kind: 'view'; layout: Layout; box: Box }
  | { kind: 'trace'; trace: Trace; from: string; to: string }
  | { kind: 'difference'; before: Snapshot };

/** What a picture is asked to be, whatever format it is written in. */
export interface PictureRequest {
  of: PictureSubject;
  lens: Lens;
  /** By network id, where they are not those of a picture that is drawn for the first time. */
  hues?: Readonly<Record<string, number>>;
  theme: ThemeName;
  transparent: boolean;
  legend: boolean;
  caption: string | null;
  /** null: what the picture is of, and the name of the host. */
  title: string | null;
  mask: MaskOptions | null;
}

/** A picture before it is written in a format; masked, where that was asked for. */
export interface Picture {
  snapshot: Snapshot;
  graph: Graph;
  layout: Layout;
  trace: Trace | null;
  marks: TraceMarks | null;
  comparison: Comparison | null;
  /** The same with what went in its place; null where the picture is of no difference, or nothing that is drawn went. */
  ghosts: Ghosts | null;
  title: string;
  /** What it is of, in a word or two. */
  subject: string;
  request: PictureRequest;
}

/**
 * The picture of a Snapshot. Pure: the same Snapshot and request make the same picture. null where nothing of it is drawn. Throws `usage` for a
 * difference that is to be masked: what went is in a Snapshot that would have masks of its own.
 */
export function makePicture(real: Snapshot, request: PictureRequest): Picture | null {
  const { of, lens } = request;
  const hues = request.hues ?? Object.fromEntries(networkHues(real));
  const whole = buildGraph(real, lens, { hues });
  const part = partOf(whole, real, of);
  if (part === null || part.graph.nodes.length === 0) return null;
  const trace = of.kind === 'trace' ? of.trace : null;
  const title = request.title ?? titleOf(real, of);
  if (request.mask === null) {
    const comparison = of.kind === 'difference' ? compareSnapshots(of.before, real) : null;
    return {
      snapshot: real,
      graph: part.graph,
      layout: part.layout ?? layoutForPicture(part.graph),
      trace,
      marks: trace === null ? null : traceOverlay(whole, trace),
      comparison,
      ghosts:
        of.kind === 'difference' && comparison !== null
          ? withGone({ before: of.before, after: real, comparison }, lens, hues)
          : null,
      title,
      subject: subjectOf(of),
      request,
    };
  }
  if (of.kind === 'difference') throw new VethscopeError('usage', 'A difference cannot be masked.');
  const masked = maskSnapshot(real, request.mask);
  const again = maskedPart(part.graph, { of, masked, lens, hues });
  const maskedTrace = trace === null ? null : masked.trace(trace);
  return {
    snapshot: masked.snapshot,
    graph: again.graph,
    layout: again.layout ?? layoutForPicture(again.graph),
    trace: maskedTrace,
    marks: maskedTrace === null ? null : traceOverlay(again.graph, maskedTrace),
    comparison: null,
    ghosts: null,
    // Words that somebody wrote for this picture are shown as they were written.
    title: request.title ?? masked.words(title),
    subject: masked.words(subjectOf(of)),
    request,
  };
}

/** The shapes of a picture: the map, and below it the lanes of its packet, or the list of what is different. */
export function sceneOfPicture(picture: Picture): Scene {
  const { snapshot, trace, marks, comparison, title, request } = picture;
  const { theme, transparent, legend, caption } = request;
  const { graph, layout } = picture.ghosts ?? picture;
  const ghosts = picture.ghosts?.ids ?? null;
  const changes = comparison === null ? null : differenceMarks(graph, comparison);
  const map = sceneOf(graph, layout, { theme, transparent, legend, caption, title, trace: marks, changes, ghosts });
  if (comparison !== null)
    return stackScenes([map, differenceSceneOf(comparison, { theme, transparent, width: map.width })]);
  return trace === null ? map : stackScenes([map, lanesSceneOf(snapshot, trace, { theme, transparent })]);
}

interface Part {
  graph: Graph;
  /** null: one is to be made. */
  layout: Layout | null;
}

function partOf(whole: Graph, real: Snapshot, of: PictureSubject): Part | null {
  switch (of.kind) {
    case 'whole':
    case 'difference':
      return { graph: whole, layout: null };
    case 'network':
    case 'project':
    case 'ids': {
      const graph = selectGraph(whole, real, of);
      return graph && { graph, layout: null };
    }
    case 'view':
      return viewOf(whole, of.layout, of.box);
    case 'trace': {
      const { nodes } = traceOverlay(whole, of.trace);
      // A packet that never left its sender touches nothing that a selection could be made of.
      return { graph: selectGraph(whole, real, { kind: 'ids', ids: nodes }) ?? whole, layout: null };
    }
  }
}

function viewOf(whole: Graph, layout: Layout, box: Box): Part {
  const { graph, boxes } = inView(whole, layout, box);
  return { graph, layout: { ...layout, boxes } };
}

interface Masking {
  of: PictureSubject;
  masked: Masked;
  lens: Lens;
  hues: Readonly<Record<string, number>>;
}

/** The same part of the masked Snapshot. Its nodes are looked for by their ids, which are masked too. */
function maskedPart(graph: Graph, { of, masked, lens, hues }: Masking): Part {
  const all = buildGraph(masked.snapshot, lens, { hues: renamed(hues, masked) });
  if (of.kind === 'view') {
    const { layout, box } = of;
    const boxes = renamed(layout.boxes, masked);
    return viewOf(all, { ...layout, boxes, routes: renamed(layout.routes, masked) }, box);
  }
  const kept = new Set(graph.nodes.map(({ id }) => masked.id(id)));
  return { graph: hideInGraph(all, new Set(all.nodes.flatMap(({ id }) => (kept.has(id) ? [] : [id])))), layout: null };
}

function renamed<V>(byId: Readonly<Record<string, V>>, masked: Masked): Record<string, V> {
  return Object.fromEntries(Object.entries(byId).map(([id, value]) => [masked.id(id), value]));
}

function titleOf({ host }: Snapshot, of: PictureSubject): string {
  switch (of.kind) {
    case 'whole':
    case 'ids':
    case 'view':
      return `The Docker networks of ${host.hostname}`;
    case 'network':
      return `The network ${of.network} on ${host.hostname}`;
    case 'project':
      return `The networks of ${of.project} on ${host.hostname}`;
    case 'trace':
      return `The path from ${of.from} to ${of.to} on ${host.hostname}`;
    case 'difference':
      return `What is different on ${host.hostname}`;
  }
}

function subjectOf(of: PictureSubject): string {
  switch (of.kind) {
    case 'whole':
      return 'networks';
    case 'ids':
      return 'selection';
    case 'view':
      return 'view';
    case 'network':
      return of.network;
    case 'project':
      return of.project;
    case 'trace':
      return `path ${of.from} ${of.to}`;
    case 'difference':
      return 'difference';
  }
}
