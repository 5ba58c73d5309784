import { type RefCallback, type RefObject, useCallback, useRef, useState } from 'react';
import type { Size } from './fitViewport.ts';

interface Sized {
  /** For the element's `ref`. The same function at every render, or the element would be measured at each. */
  ref: RefCallback<HTMLElement>;
  element: RefObject<HTMLElement | null>;
  /** null until it is laid out. */
  size: Size | null;
}

export function useSize(): Sized {
  const [size, setSize] = useState<Size | null>(null);
  const element = useRef<HTMLElement>(null);
  const ref = useCallback((node: HTMLElement | null) => {
    element.current = node;
    if (!node) return;
    const read = () => {
      const { clientWidth: width, clientHeight: height } = node;
      setSize((now) => (now?.width === width && now.height === height ? now : { width, height }));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return { ref, element, size: size && size.width > 0 && size.height > 0 ? size : null };
}
