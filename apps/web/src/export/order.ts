import type { Box, Layout, Lens } from '@vethscope/graph';
import type { Snapshot, Trace } from '@vethscope/model';
import type { PictureFormat, PictureRequest, PictureSubject, ThemeName } from '@vethscope/picture';

/** One picture in one format. `scale` is of PNG alone: 1, 2 or 4. */
export interface Order {
  request: PictureRequest;
  format: PictureFormat;
  scale: number;
}

/** What a person chooses a picture to be of. */
export type Subject =
  | { kind: 'whole' }
  | { kind: 'view' }
  | { kind: 'selection' }
  | { kind: 'path' }
  | { kind: 'difference' }
  | { kind: 'network'; name: string }
  | { kind: 'project'; name: string };

/** What the page shows while the dialog is open: null where there is no such thing. */
export interface OnPage {
  view: { layout: Layout; box: Box } | null;
  selection: readonly string[] | null;
  path: { trace: Trace; from: string; to: string } | null;
  /** What the shown is compared with. */
  before: Snapshot | null;
}

export interface Choices {
  subject: Subject;
  lens: Lens;
  format: PictureFormat;
  theme: ThemeName;
  transparent: boolean;
  scale: '1' | '2' | '4';
  legend: boolean;
  caption: string;
  maskNames: boolean;
  maskAddresses: boolean;
}

/** The formats that are looked at: they have a background, a legend, a size. */
export const isDrawn = (format: PictureFormat): boolean => format === 'svg' || format === 'png' || format === 'pdf';

/** The order that the choices mean; null while that which they name is not there. */
export function orderOf(choices: Choices, onPage: OnPage, hues: Readonly<Record<string, number>>): Order | null {
  const { lens, theme, transparent, legend, maskNames, maskAddresses, format } = choices;
  const of = subjectOf(choices.subject, onPage);
  if (of === null) return null;
  const caption = choices.caption.trim();
  // A difference has names of two hosts, which would be masked each in its own way.
  const masks = (maskNames || maskAddresses) && choices.subject.kind !== 'difference';
  const mask = masks ? { names: maskNames, addresses: maskAddresses } : null;
  return {
    request: {
      of,
      lens,
      hues,
      theme,
      transparent,
      legend,
      caption: caption === '' ? null : caption,
      title: null,
      mask,
    },
    format,
    scale: format === 'png' ? Number(choices.scale) : 1,
  };
}

function subjectOf(subject: Subject, { view, selection, path, before }: OnPage): PictureSubject | null {
  switch (subject.kind) {
    case 'whole':
      return subject;
    case 'view':
      return view && { kind: 'view', ...view };
    case 'selection':
      return selection && { kind: 'ids', ids: selection };
    case 'path':
      return path && { kind: 'trace', ...path };
    case 'difference':
      return before && { kind: 'difference', before };
    case 'network':
      return { kind: 'network', network: subject.name };
    case 'project':
      return { kind: 'project', project: subject.name };
  }
}
