import { useStore } from '@xyflow/react';
import { hueStyle } from '../nodes/hueStyle.ts';
import type { Scene } from '../overview/scene.ts';

/** A bar with ports on its lower edge carries its name on the upper one. */
const tallBar = 30;

/** Left of this many screen pixels a bar's own name is out of view. */
const hiddenLeft = 4;

/**
 * A bar may be ten screens long: where its name is out of view to the left, the name stands at the edge, so that one always knows on which
 * network one looks. `all`: where bars are too thin for words, every name stands on its bar like this.
 */
export function StickyNames({ scene, all }: { scene: Scene; all: boolean }) {
  const [x, y, zoom] = useStore((state) => state.transform);
  const height = useStore((state) => state.height);
  const away = scene.boxes.network.filter(({ box }) => {
    const left = box.x * zoom + x;
    const top = box.y * zoom + y;
    return (all || left < hiddenLeft) && left + box.width * zoom > 160 && top > 0 && top + box.height * zoom < height;
  });
  return away.map(({ id, node, box }) => (
    <span
      key={id}
      className="vt-sticky"
      aria-hidden="true"
      style={{
        ...hueStyle(node.hue),
        translate: `${Math.round(Math.max(8, box.x * zoom + x))}px ${Math.round(box.height > tallBar ? box.y * zoom + y - 7 : (box.y + box.height / 2) * zoom + y - 10)}px`,
      }}
    >
      {node.title}
    </span>
  ));
}
