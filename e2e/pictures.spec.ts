import { readFileSync } from 'node:fs';
import { chromium, expect, test } from '@playwright/test';
import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { buildGraph } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { layoutForPicture, sceneOf, svgOf } from '@vethscope/picture';
import { fontFile } from '../apps/agent/src/export/fonts.ts';
import { pngOf } from '../apps/agent/src/export/pngOf.ts';

/*
 * A picture looks the same in a browser and by resvg. Letters are smoothed differently by each, so single pixels differ: compared are squares of 8 × 8
 * pixels, by their mean colour. Tolerated are 24 of 255 in a square, and that one in five hundred is further off.
 */
const tolerated = { colour: 24, share: 1 / 500 };

const face = (family: string, weight: number, file: string) =>
  `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/ttf;base64,${readFileSync(file).toString('base64')})}`;
const fontFaces = [
  face('Inter', 400, fontFile('sans')),
  face('Inter', 600, fontFile('sansStrong')),
  face('JetBrains Mono', 400, fontFile('mono')),
].join('');

test('a picture looks the same in the browser and on the command line', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  for (const name of fixtureNames) {
    const graph = buildGraph(snapshotOf(parseRecording(readFixture(name))), 'docker');
    const scene = sceneOf(graph, layoutForPicture(graph), { theme: 'light', legend: true });
    const png = `data:image/png;base64,${(await pngOf(scene, 1)).toString('base64')}`;
    const svg = `data:image/svg+xml;base64,${Buffer.from(svgOf(scene, { fontFaces })).toString('base64')}`;
    const off = await page.evaluate(
      async ({ sources, colour }) => {
        const [first, second] = await Promise.all(
          sources.map(async (source) => {
            const image = new Image();
            image.src = source;
            await image.decode();
            // Fonts of an image from data: are there a moment after the image itself.
            await new Promise((resolve) => setTimeout(resolve, 300));
            const canvas = document.createElement('canvas');
            canvas.width = image.width;
            canvas.height = image.height;
            const context = canvas.getContext('2d');
            if (!context) throw new Error('no canvas');
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            const columns = Math.floor(canvas.width / 8);
            const means = new Float64Array(columns * Math.floor(canvas.height / 8) * 4);
            for (let at = 0; at < data.length; at += 4) {
              const [x, y] = [(at / 4) % canvas.width, Math.floor(at / 4 / canvas.width)];
              const square = (Math.floor(y / 8) * columns + Math.floor(x / 8)) * 4;
              if (x >= columns * 8 || square >= means.length) continue;
              for (let channel = 0; channel < 3; channel += 1)
                means[square + channel] = (means[square + channel] ?? 0) + (data[at + channel] ?? 0) / 64;
            }
            return means;
          }),
        );
        if (!first || !second || first.length !== second.length) return 1;
        const squares = first.length / 4;
        let differing = 0;
        for (let at = 0; at < first.length; at += 4) {
          const channels = [0, 1, 2].map((channel) =>
            Math.abs((first[at + channel] ?? 0) - (second[at + channel] ?? 0)),
          );
          if (Math.max(...channels) > colour) differing += 1;
        }
        return differing / squares;
      },
      { sources: [png, svg], colour: tolerated.colour },
    );
    expect(off, name).toBeLessThan(tolerated.share);
  }
  await browser.close();
});
