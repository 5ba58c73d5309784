import { readFixture, sampleName } from '@vethscope/fixtures';
import { buildGraph, layoutGraph } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { makePicture, type PictureRequest, type PictureSubject, textOf, themes } from './index.ts';

const snapshot = snapshotOf(parseRecording(readFixture(sampleName)));
const plain: PictureRequest = {
  of: { kind: 'whole' },
  lens: 'docker',
  theme: 'light',
  transparent: false,
  legend: false,
  caption: null,
  title: null,
  mask: null,
};

function picture(part: Partial<PictureRequest>) {
  const made = makePicture(snapshot, { ...plain, ...part });
  if (made === null) throw new Error('nothing is drawn');
  return made;
}

const graph = buildGraph(snapshot, 'docker');
const layout = layoutGraph(graph, { pins: {}, aspect: 1.6 });
const network = graph.nodes.find((node) => node.kind === 'network' && node.title === 'front');
const bar = layout.boxes[network?.id ?? ''];
if (!network || !bar) throw new Error('the sample has no network front');
const trace = tracePath(snapshot, { from: { kind: 'internet' }, to: { kind: 'host', port: 8080 }, protocol: 'tcp' });
/** The left end of the network's bar and the cards below it. */
const box = { x: bar.x - 10, y: bar.y - 10, width: Math.round(bar.width * 0.4), height: 180 };
const subjects: [string, PictureSubject][] = [
  ['whole', { kind: 'whole' }],
  ['network', { kind: 'network', network: 'front' }],
  ['selection', { kind: 'ids', ids: [network.id] }],
  ['view', { kind: 'view', layout, box }],
  ['path', { kind: 'trace', trace, from: 'internet', to: 'host:8080' }],
];

describe('a picture', () => {
  it.each(subjects)('of the %s is masked as a whole: the same things under other names', (_, of) => {
    const real = picture({ of });
    const masked = picture({ of, mask: { names: true, addresses: true } });
    expect(masked.graph.nodes.map(({ kind }) => kind)).toEqual(real.graph.nodes.map(({ kind }) => kind));
    expect(masked.graph.edges).toHaveLength(real.graph.edges.length);
    const words = (each: typeof real) => `${textOf(each, 'svg')}${textOf(each, 'markdown')}${textOf(each, 'json')}`;
    expect(words(real)).toMatch(/172\.(17|30)\./);
    expect(words(masked)).not.toMatch(/172\.(17|30)\.|my-nginx/);
  });

  it('keeps the hue of a network when it is masked', () => {
    const hues = Object.fromEntries(Object.keys(snapshot.records.network).map((id, index) => [id, index % 3]));
    const hueOf = (each: ReturnType<typeof picture>) =>
      each.graph.nodes.flatMap((node) => (node.kind === 'network' ? [node.hue] : []));
    expect(hueOf(picture({ hues, mask: { names: true, addresses: false } }))).toEqual(hueOf(picture({ hues })));
  });

  it('of a view has what is in view, where it is, and of a long bar what is seen of it', () => {
    const made = picture({ of: { kind: 'view', layout, box } });
    const shown = made.graph.nodes.filter(({ kind }) => kind === 'container');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(graph.nodes.filter(({ kind }) => kind === 'container').length);
    for (const { id } of shown) expect(made.layout.boxes[id]).toEqual(layout.boxes[id]);
    expect(made.layout.boxes[network.id]).toEqual({ ...bar, width: box.width - 10 });
  });

  it('of a difference marks what came and changed, and draws what went in its place', () => {
    const before = structuredClone(snapshot);
    const after = structuredClone(snapshot);
    const named = (host: typeof snapshot, name: string) => {
      const found = Object.values(host.records.container).find((each) => each.name === name);
      if (!found) throw new Error(`no container ${name}`);
      return found;
    };
    delete before.records.container[named(before, 'db').id];
    const nginx = named(after, 'my-nginx').id;
    delete after.records.container[nginx];
    for (const table of [after.records.endpoint, after.records.publishedPort])
      for (const each of Object.values(table)) if (each.container === nginx) delete table[each.id];
    named(after, 'web').image = 'another:1';
    const made = makePicture(after, { ...plain, of: { kind: 'difference', before } });
    if (!made) throw new Error('nothing is drawn');
    const svg = textOf(made, 'svg');
    const markOf = (name: string) => {
      const node = (made.ghosts ?? made).graph.nodes.find((each) => each.kind === 'container' && each.title === name);
      const id = `v-change:${node?.id}`.replace(/[^A-Za-z0-9._-]+/g, '-');
      return /stroke="(#\w+)"/.exec(svg.split(`<g id="${id}">`)[1]?.split('</g>')[0] ?? '')?.[1];
    };
    const { good, warn, bad } = themes.light;
    expect(['db', 'web', 'plain', 'my-nginx'].map(markOf)).toEqual([good, warn, undefined, bad]);
    // Its card, its plug, its line, its port with its lines: dashed round the card, and in no other format.
    const kinds = made.ghosts?.graph.nodes.flatMap(({ id, kind }) => (made.ghosts?.ids.has(id) ? [kind] : []));
    expect(kinds?.sort()).toEqual(['container', 'plug', 'port']);
    expect(svg).toMatch(/>my-nginx<\/text>/);
    expect(svg).toMatch(new RegExp(`stroke="${bad}"[^>]*stroke-dasharray`));
    expect(textOf(made, 'mermaid')).not.toContain('my-nginx');
    expect(svg).toMatch(/>my-nginx went, /);
    expect(() =>
      makePicture(after, { ...plain, of: { kind: 'difference', before }, mask: { names: true, addresses: true } }),
    ).toThrow('masked');
    const same = makePicture(snapshot, { ...plain, of: { kind: 'difference', before: snapshot } });
    expect(same && textOf(same, 'svg')).toContain('no difference');
  });

  it('of nothing is none', () => {
    expect(makePicture(snapshot, { ...plain, of: { kind: 'network', network: 'frnot' } })).toBeNull();
    expect(makePicture(snapshot, { ...plain, of: { kind: 'ids', ids: [] } })).toBeNull();
    const nowhere = { x: -9000, y: -9000, width: 10, height: 10 };
    expect(makePicture(snapshot, { ...plain, of: { kind: 'view', layout, box: nowhere } })).toBeNull();
  });

  it('says in a word what it is of, masked too', () => {
    expect(picture({ of: { kind: 'network', network: 'front' } }).subject).toBe('front');
    const mask = { names: true, addresses: false };
    expect(picture({ of: { kind: 'network', network: 'front' }, mask }).subject).not.toContain('front');
  });
});
