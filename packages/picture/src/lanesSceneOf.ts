import type { Box } from '@vethscope/graph';
import { type Hop, ids, type Leg, type Snapshot, type Step, type Trace } from '@vethscope/model';
import { rect, shadow, stroke } from './draw/boxes.ts';
import { inner, label, plain } from './draw/label.ts';
import { outcomeMark } from './draw/outcome.ts';
import { dispositionWord, outcomeOf } from './lanes/dispositionWord.ts';
import { type StepWords, stepWords } from './lanes/stepWords.ts';
import { wrapText } from './lanes/wrapText.ts';
import type { Scene, Shape } from './scene.ts';
import { type Theme, type ThemeName, themes } from './theme.ts';

export interface LanesOptions {
  theme: ThemeName;
  transparent?: boolean;
}

interface Lane {
  title: string;
  note: string;
  steps: { words: StepWords; sentence: string }[];
}

const margin = 24;
const lane = { width: 232, gap: 28, head: 40, padding: 10 } as const;
const step = { height: 42, gap: 8 } as const;
const leastLanes = 2;
const mostLanes = 4;

/**
 * The way of a packet as lanes: a column for each place, from the sender to where it ends, and in it the kernel's decisions from top to bottom. The
 * verdict stands above. A second connection (docker-proxy's) has lanes of its own below.
 */
export function lanesSceneOf(
  snapshot: Snapshot,
  trace: Trace,
  { theme: name, transparent = false }: LanesOptions,
): Scene {
  const theme = themes[name];
  const legs = trace.legs.map((leg) => lanesOf(leg, snapshot));
  const columns = Math.max(leastLanes, Math.min(mostLanes, Math.max(0, ...legs.map((lanes) => lanes.length))));
  const width = columns * lane.width + (columns - 1) * lane.gap;
  const verdict = verdictShapes(trace, { x: margin, y: margin, width }, theme);
  const shapes: Shape[] = [{ kind: 'group', id: 'verdict', title: null, shapes: verdict.shapes }];
  let y = margin + verdict.height;
  legs.forEach((lanes, index) => {
    const failed = index === legs.length - 1 && outcomeOf(trace.disposition) === 'bad';
    const drawn = legShapes(lanes, { x: margin, y: y + 16 }, { theme, leg: index, columns, failed });
    shapes.push(...drawn.shapes);
    y += 16 + drawn.height;
  });
  return {
    width: width + 2 * margin,
    height: Math.ceil(y + margin),
    background: transparent ? null : theme.page,
    title: plain(`${dispositionWord(trace.disposition)}: ${trace.cause.sentence}`),
    description: plain(legs.map((lanes) => lanes.map(({ title }) => title).join(', then ')).join('. ')),
    shapes,
  };
}

function lanesOf(leg: Leg, snapshot: Snapshot): Lane[] {
  const lanes = leg.hops.map((hop) => laneOf(hop, snapshot));
  const first = leg.hops[0]?.steps[0];
  const outside = (words: StepWords, sentence: string): Lane => ({
    title: 'Outside',
    note: '',
    steps: [{ words, sentence }],
  });
  if (first?.kind === 'receive') {
    const { source, protocol, destination, destinationPort } = first.before;
    const to =
      destinationPort === null
        ? destination
        : `${destination.includes(':') ? `[${destination}]` : destination}:${destinationPort}`;
    lanes.unshift(
      outside(
        { title: source, detail: `${protocol} to ${to}`, tone: 'plain' },
        `${source} sends ${protocol} to ${to}.`,
      ),
    );
  }
  const last = leg.hops.at(-1)?.steps.at(-1);
  if (last?.kind === 'transmit')
    lanes.push(outside({ title: last.after.destination, detail: 'beyond this host', tone: 'plain' }, last.sentence));
  return lanes;
}

function laneOf({ sandbox, steps }: Hop, snapshot: Snapshot): Lane {
  const { sandbox: sandboxes, container } = snapshot.records;
  const isHost = sandbox === ids.hostSandbox;
  const owners = sandboxes[sandbox]?.containers.flatMap((id) => container[id]?.name ?? []) ?? [];
  return {
    title: isHost
      ? snapshot.host.hostname
      : owners.length > 0
        ? owners.join(', ')
        : (sandboxes[sandbox]?.name ?? 'A namespace'),
    note: isHost ? 'the host' : owners.length > 0 ? 'container' : 'namespace',
    steps: steps.flatMap((each) =>
      isTold(each) ? [{ words: stepWords(each, snapshot), sentence: each.sentence }] : [],
    ),
  };
}

/** A chain that the kernel may not even have decides nothing. */
function isTold(each: Step): boolean {
  return each.kind !== 'chain' || each.certain;
}

function verdictShapes(
  trace: Trace,
  { x, y, width }: { x: number; y: number; width: number },
  theme: Theme,
): { shapes: Shape[]; height: number } {
  const outcome = outcomeOf(trace.disposition);
  const inks = { good: theme.goodInk, warn: theme.warnInk, bad: theme.badInk };
  const word = dispositionWord(trace.disposition);
  const shapes: Shape[] = [
    ...outcomeMark({ x: x + 9, y: y + 11 }, outcome, theme),
    label(word, { x: x + 26, y, width: width - 26, height: 22 }, { font: 'sansStrong', size: 16, fill: inks[outcome] }),
  ];
  let at = y + 26;
  const put = (text: string, options: { font: 'sans' | 'mono'; size: number; fill: string }) => {
    for (const line of wrapText(plain(text), { ...options, width })) {
      shapes.push(label(line, { x, y: at, width, height: 18 }, { ...options, least: 8 }));
      at += 18;
    }
  };
  put(trace.cause.sentence, { font: 'sans', size: 13, fill: theme.ink1 });
  const fixes = new Set(trace.blockers.flatMap(({ fix }) => fix ?? []));
  if (fixes.size > 0) {
    at += 4;
    for (const fix of fixes) put(`To mend it: ${fix}`, { font: 'mono', size: 11, fill: theme.ink2 });
  }
  return { shapes, height: at - y };
}

interface LegStyle {
  theme: Theme;
  leg: number;
  columns: number;
  /** Its last step is where the packet ends badly. */
  failed: boolean;
}

/** Lanes side by side; more than fit go on in a further row. */
function legShapes(
  lanes: readonly Lane[],
  at: { x: number; y: number },
  { theme, leg, columns, failed }: LegStyle,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let { y } = at;
  if (leg > 0) {
    const box = { x: at.x, y, width: columns * lane.width, height: 20 };
    shapes.push(
      label('Then a connection of docker-proxy’s own', box, { font: 'sansStrong', size: 12, fill: theme.ink2 }),
    );
    y += 26;
  }
  for (let start = 0; start < lanes.length; start += columns) {
    const row = lanes.slice(start, start + columns);
    const most = Math.max(...row.map(({ steps }) => steps.length));
    const height = lane.head + most * (step.height + step.gap) - step.gap + lane.padding;
    row.forEach((each, index) => {
      const box: Box = { x: at.x + index * (lane.width + lane.gap), y, width: lane.width, height };
      const isLast = start + index === lanes.length - 1;
      shapes.push({
        kind: 'group',
        id: `lane:${leg}/${start + index}`,
        title: null,
        shapes: laneShapes(each, box, { theme, failed: failed && isLast, key: `${leg}/${start + index}` }),
      });
      if (!isLast) shapes.push(...arrowAfter(box, theme, index < columns - 1));
    });
    y += height + 22;
  }
  return { shapes, height: y - 22 - at.y };
}

function laneShapes(
  each: Lane,
  box: Box,
  { theme, failed, key }: { theme: Theme; failed: boolean; key: string },
): Shape[] {
  const head = inner(box, { left: lane.padding + 4, top: 10, height: 20 });
  const note = label(each.note, head, { font: 'sans', size: 11, fill: theme.ink2, anchor: 'end' });
  const title = label(
    each.title,
    { ...head, width: head.width - note.width - 8 },
    { font: 'sansStrong', size: 13, least: 8.5, fill: theme.ink1 },
  );
  const steps = each.steps.map(({ words, sentence }, index): Shape => {
    const place = {
      x: box.x + lane.padding,
      y: box.y + lane.head + index * (step.height + step.gap),
      width: box.width - 2 * lane.padding,
      height: step.height,
    };
    const bad = failed && index === each.steps.length - 1;
    return {
      kind: 'group',
      id: `step:${key}/${index}`,
      title: plain(sentence),
      shapes: [
        ...(index > 0 ? [thread(place, theme)] : []),
        ...stepShapes(bad ? { ...words, tone: 'bad' } : words, place, theme),
      ],
    };
  });
  return [rect(box, { radius: 12, fill: theme.sunken, line: stroke(theme.line) }), title, note, ...steps];
}

/** Between a step and the one above it. */
function thread(below: Box, theme: Theme): Shape {
  const x = below.x + 16;
  return {
    kind: 'line',
    points: [
      { x, y: below.y - step.gap },
      { x, y: below.y },
    ],
    radius: 0,
    stroke: stroke(theme.lineStrong, 1.5),
    opacity: 1,
  };
}

function stepShapes({ title, detail, tone }: StepWords, box: Box, theme: Theme): Shape[] {
  const colours = {
    plain: { line: theme.line, fill: theme.surface, title: theme.ink1, detail: theme.ink2 },
    quiet: { line: theme.line, fill: theme.surface, title: theme.ink2, detail: theme.ink2 },
    change: { line: theme.accent, fill: theme.accentFill, title: theme.ink1, detail: theme.ink1 },
    bad: { line: theme.bad, fill: theme.badFill, title: theme.badInk, detail: theme.ink1 },
  }[tone];
  return [
    ...shadow(box, 8, theme),
    rect(box, {
      radius: 8,
      fill: colours.fill,
      line: stroke(colours.line, tone === 'plain' || tone === 'quiet' ? 1 : 1.5),
    }),
    label(title, inner(box, { left: 10, top: 5, height: 17 }), {
      font: 'sansStrong',
      size: 12,
      least: 8,
      fill: colours.title,
    }),
    label(detail, inner(box, { left: 10, top: 21, height: 15 }), {
      font: 'mono',
      size: 10.5,
      least: 7,
      fill: colours.detail,
    }),
  ];
}

/** From one lane to the next, at the height of the names. */
function arrowAfter(box: Box, theme: Theme, isBeside: boolean): Shape[] {
  if (!isBeside) return [];
  const [from, y] = [box.x + box.width, box.y + 20];
  const to = from + lane.gap;
  return [
    {
      kind: 'line',
      points: [
        { x: from + 3, y },
        { x: to - 8, y },
      ],
      radius: 0,
      stroke: stroke(theme.accent, 2),
      opacity: 1,
    },
    {
      kind: 'polygon',
      points: [
        { x: to - 3, y },
        { x: to - 10, y: y - 4.5 },
        { x: to - 10, y: y + 4.5 },
      ],
      fill: theme.accent,
      opacity: 1,
    },
  ];
}
