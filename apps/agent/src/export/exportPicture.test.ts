import { inflateSync } from 'node:zlib';
import { readFixture, sampleName } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { pictureFormats } from '@vethscope/picture';
import { describe, expect, it } from 'vitest';
import { exportPicture } from './exportPicture.ts';
import { formatOf, type PictureOptions } from './pictureOptions.ts';

const snapshot = snapshotOf(parseRecording(readFixture(sampleName)));
const network: PictureOptions = {
  format: 'svg',
  lens: 'docker',
  theme: 'light',
  transparent: false,
  legend: false,
  caption: null,
  title: null,
  scale: 1,
  mask: null,
  of: { kind: 'network', network: 'back' },
};
const path = { kind: 'path', from: 'internet', to: 'host:8080', proto: 'tcp' } as const;

async function text(options: Partial<PictureOptions>): Promise<string> {
  return Buffer.from(await exportPicture(snapshot, { ...network, ...options })).toString();
}

/** The words of a PDF: the streams of its pages name glyphs, so its tables to Unicode are what can be read. */
function unicodeOf(pdf: Buffer): string {
  const streams: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      streams.push(inflateSync(pdf.subarray(at + 7)).toString('latin1'));
    } catch {
      // Not a stream that is deflated: the end of one, or a font.
    }
  }
  return streams.filter((stream) => stream.includes('beginbfrange')).join('\n');
}

describe('a picture on the command line', () => {
  it.each(pictureFormats)('as %s is the same bytes for the same input', async (format) => {
    const make = () => exportPicture(snapshot, { ...network, format, of: path });
    const [first, second] = [await make(), await make()];
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0);
    expect(first.length).toBeGreaterThan(500);
  });

  it.each([1, 2, 4])('as PNG is %d times as large', async (scale) => {
    const svg = await text({});
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    const png = Buffer.from(await exportPicture(snapshot, { ...network, format: 'png', scale }));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width) * scale, Number(height) * scale]);
  });

  it('as PDF has one page of its size, and its text as text in embedded fonts', async () => {
    const pdf = Buffer.from(await exportPicture(snapshot, { ...network, format: 'pdf' }));
    const plain = pdf.toString('latin1');
    expect(plain.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(plain).toMatch(/\/FontFile2/);
    expect(plain).not.toMatch(/\/JavaScript|\/URI|\/Launch/);
    // "back", the name of the network, is made of characters that the tables know.
    for (const letter of 'back') expect(unicodeOf(pdf)).toContain(`00${letter.charCodeAt(0).toString(16)}`);
  });

  it('as PDF and PNG has the letters of Korean words', async () => {
    const pdf = Buffer.from(await exportPicture(snapshot, { ...network, format: 'pdf', caption: '한글 words' }));
    // U+D55C and U+AE00.
    expect(unicodeOf(pdf)).toMatch(/d55c.*ae00/is);
    // What no font has is an empty box, the same for every letter.
    const png = async (caption: string) =>
      Buffer.from(await exportPicture(snapshot, { ...network, format: 'png', caption }));
    expect(Buffer.compare(await png('한글'), await png('글한'))).not.toBe(0);
  });

  it('of a path has the verdict and the lanes below the map', async () => {
    const svg = await text({ of: path });
    expect(svg).toContain('>Delivered</text>');
    expect(svg).toContain('id="v-path"');
    expect(svg).toContain('>ip nat PREROUTING</text>');
  });

  it('masked shows neither names nor addresses, in words of people too', async () => {
    const svg = await text({ mask: { names: true, addresses: true }, of: path });
    expect(svg).not.toMatch(/my-nginx|172\.17\./);
    expect(svg).toMatch(/container-\d+/);
    const half = await text({ mask: { names: false, addresses: true }, of: path });
    expect(half).toContain('my-nginx');
    expect(half).not.toContain('172.17.');
  });

  it('of what is not there says what there is', async () => {
    await expect(text({ of: { kind: 'network', network: 'frnot' } })).rejects.toMatchObject({
      code: 'usage',
      fix: expect.stringContaining('front'),
    });
    await expect(text({ of: { kind: 'only', names: ['nobody'] } })).rejects.toMatchObject({ code: 'usage' });
  });

  it('is of the format that the file’s name says', () => {
    expect(formatOf(undefined, 'a/b.PNG')).toBe('png');
    expect(formatOf('dot', 'a.png')).toBe('dot');
    expect(formatOf(undefined, undefined)).toBe('svg');
    expect(() => formatOf(undefined, 'picture')).toThrow('which format');
  });
});
