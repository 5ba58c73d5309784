import '../text/testText.ts';
import { readFixture, sampleName } from '@vethscope/fixtures';
import { buildGraph } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { makePicture, textOf } from '@vethscope/picture';
import { describe, expect, it } from 'vitest';
import { orderOf } from './order.ts';
import { pngFault } from './paintPng.ts';
import { runOrder } from './runOrder.ts';
import { namedSubjects, selectedIds, subjectKey, subjectOfKey } from './subjects.ts';

const snapshot = snapshotOf(parseRecording(readFixture(sampleName)));
const graph = buildGraph(snapshot, 'docker');
const web = Object.values(snapshot.records.container).find(({ name }) => name === 'web');

function order(format: 'svg' | 'png' | 'pdf', subject = subjectOfKey('network back')) {
  const made = orderOf(
    {
      subject,
      lens: 'docker',
      format,
      theme: 'light',
      transparent: false,
      scale: '4',
      legend: true,
      caption: '',
      maskNames: false,
      maskAddresses: false,
    },
    { view: null, selection: selectedIds(snapshot, graph, web?.id ?? null), path: null, before: null },
    {},
  );
  if (!made) throw new Error('there is no order');
  return made;
}

const run = (stages: string[] = []) => ({
  onStage: (stage: string) => stages.push(stage),
  fontFaces: async () => '@font-face{font-family:Inter}',
  pdfFonts: () => Promise.reject(new Error('there are no fonts here')),
});

describe('an order', () => {
  it('of SVG makes the bytes of the command line, and fonts only for the preview', async () => {
    const stages: string[] = [];
    const { request } = order('svg');
    const made = await runOrder(snapshot, order('svg'), run(stages));
    const picture = makePicture(snapshot, request);
    expect(made?.text).toBe(picture && textOf(picture, 'svg'));
    expect(await made?.file?.text()).toBe(made?.text);
    expect(made?.text).not.toContain('@font-face');
    expect(made?.svg).toContain('@font-face');
    expect(made).toMatchObject({ host: snapshot.host.hostname, subject: 'back' });
    expect(stages).toEqual(['choose', 'draw', 'write']);
  });

  it('of PNG leaves the painting to the page', async () => {
    expect(await runOrder(snapshot, order('png'), run())).toMatchObject({ file: null, text: null });
  });

  it.each([
    ['Networks', false],
    ['네트워크', true],
  ])('of PDF with the caption %s asks for the Korean fonts: %s', async (caption, korean) => {
    const asked: { korean: boolean }[] = [];
    const given = order('pdf');
    const pdfFonts = (needs: { korean: boolean }) => {
      asked.push(needs);
      return Promise.reject(new Error('there are no fonts here'));
    };
    const made = runOrder(snapshot, { ...given, request: { ...given.request, caption } }, { ...run(), pdfFonts });
    await expect(made).rejects.toThrow('no fonts');
    expect(asked).toEqual([{ korean }]);
  });

  it('of what is not drawn makes nothing', async () => {
    expect(await runOrder(snapshot, order('svg', { kind: 'network', name: 'nobody' }), run())).toBeNull();
  });

  it('of what is selected has it, and a rule is nothing that has a picture', async () => {
    const made = await runOrder(snapshot, order('svg', { kind: 'selection' }), run());
    expect(made?.text).toContain('>web</text>');
    expect(selectedIds(snapshot, graph, Object.keys(snapshot.records.rule)[0] ?? '')).toBeNull();
    expect(selectedIds(snapshot, graph, null)).toBeNull();
  });
});

it('a subject comes back from its key, whatever its name is', () => {
  const { networks, projects } = namedSubjects(snapshot);
  expect(networks).toContain('front');
  expect(networks).not.toContain('host');
  for (const name of [...networks, 'a b', 'view', ''])
    expect(subjectOfKey(subjectKey({ kind: 'network', name }))).toEqual({ kind: 'network', name });
  for (const kind of ['whole', 'view', 'selection', 'path', 'difference'] as const)
    expect(subjectOfKey(subjectKey({ kind }))).toEqual({ kind });
  expect(new Set(projects).size).toBe(projects.length);
});

it('a PNG that no browser paints is told before it is tried', () => {
  expect(pngFault(16_384, 7000)).toBeNull();
  expect(pngFault(16_385, 10)).toContain('16,385 × 10 pixels');
  expect(pngFault(16_000, 16_000)).toContain('smaller scale');
});
