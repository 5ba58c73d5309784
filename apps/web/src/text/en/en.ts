import { canvas } from './canvas.ts';
import { details } from './details.ts';
import { explorer } from './explorer.ts';
import { frame } from './frame.ts';
import { help } from './help.ts';
import { packages } from './packages.ts';
import { pictures } from './pictures.ts';
import { reach } from './reach.ts';
import { recordings } from './recordings.ts';
import { ruleset } from './ruleset.ts';
import { timeline } from './timeline.ts';

/** All words of the page in English. */
export const en = {
  ...frame,
  ...details,
  ...help,
  canvas,
  explorer,
  ruleset,
  reach,
  timeline,
  recordings,
  packages,
  pictures,
};
