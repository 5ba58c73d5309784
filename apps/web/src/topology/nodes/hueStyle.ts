import type { CSSProperties } from 'react';
import { hueFill, hueLine } from '../../theme/hues.ts';

/** Gives a node's styles their network's hue as `--hue` and `--hue-fill`. */
export function hueStyle(hue: number | null): CSSProperties {
  return { '--hue': hueLine(hue), '--hue-fill': hueFill(hue) } as CSSProperties;
}
