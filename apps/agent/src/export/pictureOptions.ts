import { extname } from 'node:path';
import { VethscopeError } from '@vethscope/model';
import { type PictureFormat, type PictureRequest, pictureFormats } from '@vethscope/picture';

/** What a picture is asked to be on the command line: what it is of is said in names. */
export interface PictureOptions extends Omit<PictureRequest, 'of' | 'hues'> {
  format: PictureFormat;
  scale: number;
  of:
    | { kind: 'whole' }
    | { kind: 'network'; network: string }
    | { kind: 'project'; project: string }
    | { kind: 'only'; names: readonly string[] }
    | { kind: 'path'; from: string; to: string; proto: string };
}

const endings: Readonly<Record<string, PictureFormat>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.pdf': 'pdf',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
  '.drawio': 'drawio',
  '.md': 'markdown',
  '.json': 'json',
};

/** The format that was named, else that of the file's ending, else SVG. Throws `usage` for an ending that says nothing. */
export function formatOf(named: PictureFormat | undefined, file: string | undefined): PictureFormat {
  if (named !== undefined) return named;
  if (file === undefined) return 'svg';
  const found = endings[extname(file).toLowerCase()];
  if (found) return found;
  throw new VethscopeError('usage', 'The name of the file does not say which format it is.', {
    where: `-o ${file}`,
    fix: `Name it with --format ${pictureFormats.join('|')}.`,
  });
}
