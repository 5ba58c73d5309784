import { type Snapshot, type Trace, VethscopeError } from '@vethscope/model';
import { readQuestion, tracePath } from '@vethscope/path';
import { makePicture, needsKorean, type PictureSubject, pdfOf, sceneOfPicture, textOf } from '@vethscope/picture';
import { readFonts } from './fonts.ts';
import type { PictureOptions } from './pictureOptions.ts';
import { pngOf } from './pngOf.ts';

/**
 * A picture of a Snapshot in one of the formats. The same Snapshot and options give the same bytes. `pictureFile` is the name by which a Markdown page
 * refers to its picture; null puts a flowchart into the page. Throws `usage` where nothing is called as it was asked.
 */
export async function exportPicture(
  snapshot: Snapshot,
  options: PictureOptions,
  pictureFile: string | null = null,
): Promise<Uint8Array | string> {
  const { format, scale } = options;
  const picture = makePicture(snapshot, { ...options, of: subjectOf(snapshot, options.of) });
  if (picture === null) throw notFound(snapshot, options.of);
  switch (format) {
    case 'png':
      return await pngOf(sceneOfPicture(picture), scale);
    case 'pdf': {
      const scene = sceneOfPicture(picture);
      const fonts = await readFonts({ korean: needsKorean(scene) });
      return await pdfOf(scene, { fonts, at: new Date(snapshot.readAt) });
    }
    case 'svg':
    case 'mermaid':
    case 'dot':
    case 'drawio':
    case 'markdown':
    case 'json':
      return textOf(picture, format, { scale, pictureFile });
  }
}

/** What was asked for in words, in ids and traces. Throws `usage` where nothing is called so. */
function subjectOf(snapshot: Snapshot, of: PictureOptions['of']): PictureSubject {
  switch (of.kind) {
    case 'whole':
    case 'network':
    case 'project':
      return of;
    case 'only':
      return { kind: 'ids', ids: of.names.map((name) => idOf(snapshot, name)) };
    case 'path':
      return { kind: 'trace', trace: askedTrace(snapshot, of), from: of.from, to: of.to };
  }
}

function idOf({ records }: Snapshot, name: string): string {
  const things = [...Object.values(records.container), ...Object.values(records.network)];
  const found = things.find((thing) => thing.name === name || thing.engineId === name);
  if (found) return found.id;
  throw new VethscopeError('usage', `No container or network is called "${name}".`, {
    where: `--only ${name}`,
    fix: `There are: ${things.map((thing) => thing.name).join(', ')}.`,
  });
}

function askedTrace(snapshot: Snapshot, { from, to, proto }: Extract<PictureOptions['of'], { kind: 'path' }>): Trace {
  const words = { from, to, proto };
  // The two ends have no names on the command line: they are the words after --path.
  const quoted = (field: string, word: string) => (field === 'proto' ? `--proto '${word}'` : `--path … '${word}'`);
  const spelling = {
    where: (field: string, word: string) => (field === 'proto' ? `--proto ${word}` : `--path … ${word}`),
    field: (field: string) => (field === 'proto' ? '--proto' : '--path'),
    example: (_: string, word: string) => word,
    quoted,
  };
  return tracePath(snapshot, readQuestion(snapshot, words, { spelling }));
}

function notFound({ records }: Snapshot, of: PictureOptions['of']): VethscopeError {
  const fixes = (names: readonly (string | null)[]) => {
    const known = [...new Set(names)].filter((name) => name !== null);
    return known.length === 0 ? 'There are none.' : `There are: ${known.join(', ')}.`;
  };
  switch (of.kind) {
    case 'network': {
      const isDrawn = ({ driver }: { driver: string }) => driver !== 'host' && driver !== 'null';
      const names = Object.values(records.network)
        .filter(isDrawn)
        .map(({ name }) => name);
      return new VethscopeError('usage', `No network that is drawn is called "${of.network}".`, {
        where: `--network ${of.network}`,
        fix: fixes(names),
      });
    }
    case 'project': {
      const names = Object.values(records.container).map(({ composeProject }) => composeProject);
      return new VethscopeError('usage', `No compose project is called "${of.project}".`, {
        where: `--project ${of.project}`,
        fix: fixes(names),
      });
    }
    case 'only':
    case 'whole':
    case 'path':
      return new VethscopeError('usage', 'Nothing of it is drawn in this lens.', {
        where: null,
        fix: 'Ask for another lens, or for the whole.',
      });
  }
}
