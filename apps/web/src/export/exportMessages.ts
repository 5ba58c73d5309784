import type { Snapshot } from '@vethscope/model';
import type { Order } from './order.ts';

/** What is done, in this order. `paint` is done beside the worker, for PNG alone: only a page can paint an SVG. */
export const stages = ['choose', 'draw', 'write', 'paint'] as const;
export type Stage = (typeof stages)[number];

export type ExportRequest = { kind: 'host'; snapshot: Snapshot } | { kind: 'order'; id: number; order: Order };

/** What was made. `file` is null for PNG, which is painted from `svg`. */
export interface Made {
  file: Blob | null;
  /** Of a format that is text, to be shown and copied. */
  text: string | null;
  /** The picture with its fonts in it. */
  svg: string;
  width: number;
  height: number;
  /** For who cannot see it. */
  title: string;
  description: string;
  /** Of the file's name, masked where the picture is. */
  host: string;
  subject: string;
}

/** `nothing`: of what was ordered nothing is drawn. */
export type ExportReply =
  | { id: number; kind: 'stage'; stage: Stage }
  | { id: number; kind: 'made'; made: Made }
  | { id: number; kind: 'nothing' }
  | { id: number; kind: 'fault'; message: string };
