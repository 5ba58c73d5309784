import { syntheticRecording } from '@vethscope/fixtures';
import { buildGraph } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { layoutForPicture, pdfOf, sceneOf, svgOf } from '@vethscope/picture';
import { readFonts } from '../apps/agent/src/export/fonts.ts';
import { pngOf } from '../apps/agent/src/export/pngOf.ts';
import { type Figure, percentile } from './report.ts';

const at = new Date('2026-01-01T00:00:00Z');

/** Pictures of a synthetic host with this many containers, in the Docker lens: time (the median of so many runs) and size of each format. */
export async function benchPictures(containers: number, runs = 5): Promise<Figure[]> {
  const networks = Math.max(3, Math.round(containers / 20));
  const snapshot = snapshotOf(
    parseRecording(syntheticRecording({ containers, networks, portsPerContainer: 1, seed: 1 })),
  );
  const graph = buildGraph(snapshot, 'docker');
  const layout = layoutForPicture(graph);
  const scene = sceneOf(graph, layout, { theme: 'light', legend: true });
  const fonts = await readFonts({ korean: false });
  const formats: [string, () => Promise<number>][] = [
    ['layout', async () => layoutForPicture(graph).bounds.width && 0],
    ['SVG', async () => svgOf(sceneOf(graph, layout, { theme: 'light', legend: true })).length],
    ['PNG', async () => (await pngOf(scene, 1)).length],
    ['PDF', async () => (await pdfOf(scene, { fonts, at })).length],
  ];
  const figures: Figure[] = [];
  for (const [format, make] of formats) {
    const times: number[] = [];
    let size = 0;
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now();
      size = await make();
      times.push(performance.now() - start);
    }
    figures.push({
      name: `${format}, ${containers} containers`,
      value: percentile(times, 0.5),
      unit: 'ms',
      note: size === 0 ? `${scene.width} × ${scene.height}` : `${Math.ceil(size / 1024).toLocaleString('en')} kB`,
    });
  }
  return figures;
}
