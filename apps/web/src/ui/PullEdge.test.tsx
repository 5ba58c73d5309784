// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { BottomPane } from './BottomPane.tsx';
import { SidePane } from './SidePane.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
HTMLElement.prototype.setPointerCapture = () => {};

const common = { title: 'Pane', pullLabel: 'Width', min: 100, max: 500 };
const kept: number[] = [];
const keep = (size: number) => void kept.push(size);
const panes = {
  left: (
    <SidePane {...common} side="left" width={300} onWidth={keep}>
      pane
    </SidePane>
  ),
  right: (
    <SidePane {...common} side="right" width={300} onWidth={keep}>
      pane
    </SidePane>
  ),
  bottom: (
    <BottomPane {...common} height={300} onHeight={keep}>
      pane
    </BottomPane>
  ),
};

afterEach(() => {
  kept.length = 0;
  document.body.replaceChildren();
});

function edgeOf(pane: keyof typeof panes): HTMLElement {
  const home = document.body.appendChild(document.createElement('div'));
  act(() => createRoot(home).render(panes[pane]));
  const edge = home.querySelector<HTMLElement>('[role=separator]');
  if (!edge) throw new Error('no edge');
  return edge;
}

/** Pulled by so many pixels to the right and down. */
function pull(edge: HTMLElement, by: number, end = 'pointerup') {
  const send = (type: string, at: number) =>
    act(() => void edge.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, clientX: at, clientY: at })));
  send('pointerdown', 50);
  send('pointermove', 50 + by);
  const shown = Number(edge.getAttribute('aria-valuenow'));
  send(end, 50 + by);
  return shown;
}

describe('the edge of a pane', () => {
  it.each([
    ['left', 40, 340],
    ['left', -40, 260],
    ['right', 40, 260],
    ['right', -40, 340],
    ['bottom', 40, 260],
    ['bottom', -40, 340],
  ] as const)('of the %s one, pulled by %i pixels, makes it %i', (pane, by, size) => {
    expect(pull(edgeOf(pane), by)).toBe(size);
    expect(kept).toEqual([size]);
  });

  it('goes no further than the pane may', () => {
    expect(pull(edgeOf('left'), 900)).toBe(500);
    expect(pull(edgeOf('bottom'), 900)).toBe(100);
    expect(kept).toEqual([500, 100]);
  });

  it.each([
    ['left', 'ArrowRight', 316],
    ['left', 'ArrowLeft', 284],
    ['right', 'ArrowLeft', 316],
    ['bottom', 'ArrowUp', 316],
    ['bottom', 'ArrowDown', 284],
    ['bottom', 'End', 500],
    ['right', 'Home', 100],
  ] as const)('of the %s one goes with %s to %i', (pane, key, size) => {
    const edge = edgeOf(pane);
    act(() => void edge.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key })));
    expect(kept).toEqual([size]);
  });
});
