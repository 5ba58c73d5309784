import { moved } from './moved.ts';
import type { Scene } from './scene.ts';

/** Pictures below each other as one. Words for who cannot see them are those of all. */
export function stackScenes(scenes: readonly Scene[]): Scene {
  const width = Math.max(0, ...scenes.map((scene) => scene.width));
  let height = 0;
  const shapes = scenes.flatMap((scene) => {
    const by = { x: 0, y: height };
    height += scene.height;
    return scene.shapes.map((shape) => moved(shape, by));
  });
  return {
    width,
    height,
    background: scenes[0]?.background ?? null,
    title: scenes[0]?.title ?? '',
    description: scenes.map(({ description }) => description).join(' '),
    shapes,
  };
}
