import { type Comparison, changeSentence } from '@vethscope/graph';
import { changeDisc } from './draw/changed.ts';
import { label, plain } from './draw/label.ts';
import { wrapText } from './lanes/wrapText.ts';
import type { Scene, Shape } from './scene.ts';
import { type ThemeName, themes } from './theme.ts';

interface DifferenceOptions {
  theme: ThemeName;
  transparent: boolean;
  /** Of the picture above. */
  width: number;
}

const margin = 24;
const leastWidth = 480;
const head = 30;
const line = 17;
const gap = 5;
/** A picture is for what can be taken in: the whole list is in words (vethscope diff). */
const most = 60;

/** Everything that is different, as a list below the map: also what went, and what the map does not draw. */
export function differenceSceneOf(
  { before, after, changes }: Comparison,
  { theme: name, transparent, width: above }: DifferenceOptions,
): Scene {
  const theme = themes[name];
  const width = Math.max(leastWidth, above);
  const inside = width - 2 * margin;
  const heading = `From ${before.host}, ${before.readAt.slice(0, 19).replace('T', ' ')} to ${after.host}, ${after.readAt.slice(0, 19).replace('T', ' ')} (UTC)`;
  const title = label(
    changes.length === 0 ? `${heading}: no difference` : heading,
    { x: margin, y: 0, width: inside, height: line },
    { font: 'sansStrong', size: 13, least: 9, fill: theme.ink1 },
  );
  const shapes: Shape[] = [{ kind: 'group', id: 'difference', title: null, shapes: [title] }];
  let y = head;
  const words = { font: 'sans', size: 12, fill: theme.ink1 } as const;
  changes.slice(0, most).forEach((change, index) => {
    const lines = wrapText(plain(changeSentence(change)), { ...words, width: inside - 24 });
    shapes.push({
      kind: 'group',
      id: `difference-${index + 1}`,
      title: null,
      shapes: [
        ...changeDisc({ x: margin + 8, y: y + line / 2 }, change.change, theme),
        ...lines.map((text, at) =>
          label(text, { x: margin + 24, y: y + at * line, width: inside - 24, height: line }, words),
        ),
      ],
    });
    y += lines.length * line + gap;
  });
  if (changes.length > most) {
    const rest = `and ${changes.length - most} more`;
    shapes.push(label(rest, { x: margin + 24, y, width: inside, height: line }, { ...words, fill: theme.ink2 }));
    y += line + gap;
  }
  return {
    width,
    height: Math.ceil(y + margin),
    background: transparent ? null : theme.page,
    title: plain(heading),
    description: `${changes.length} difference${changes.length === 1 ? '' : 's'}.`,
    shapes,
  };
}
