// @vitest-environment jsdom
import { ReactFlowProvider } from '@xyflow/react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import type { OverviewMarks } from './brush.ts';
import { Overview } from './Overview.tsx';
import { paintOverview } from './paintOverview.ts';
import type { Scene } from './scene.ts';

vi.mock('./paintOverview.ts', () => ({ paintOverview: vi.fn() }));

it('is painted again when a font has come', async () => {
  const fonts = new EventTarget();
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
  });
  Object.defineProperty(document, 'fonts', { value: fonts });
  HTMLCanvasElement.prototype.getContext = (() => ({ setTransform() {} })) as never;
  vi.spyOn(HTMLCanvasElement.prototype, 'clientWidth', 'get').mockReturnValue(100);
  vi.spyOn(HTMLCanvasElement.prototype, 'clientHeight', 'get').mockReturnValue(100);
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const picture = <Overview scene={{} as Scene} marks={{} as OverviewMarks} shown />;
  act(() => root.render(<ReactFlowProvider>{picture}</ReactFlowProvider>));
  expect(paintOverview).toHaveBeenCalledTimes(1);
  fonts.dispatchEvent(new Event('loadingdone'));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(paintOverview).toHaveBeenCalledTimes(2);
  act(() => root.unmount());
  fonts.dispatchEvent(new Event('loadingdone'));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(paintOverview).toHaveBeenCalledTimes(2);
});
