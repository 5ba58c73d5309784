import { useEffect, useEffectEvent } from 'react';
import { actionOf, type ShortcutAction } from '../help/shortcuts.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of the page. What an open dialog, a menu or the tree took for itself does not come here. */
export function useShortcuts(onAction: (action: ShortcutAction) => void): void {
  const act = useEffectEvent(onAction);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const action = actionOf(event, isTyping(event.target));
      // While a dialog is open its own keys are the only ones, but that which closes the palette again.
      if (!action || (action !== 'palette' && document.querySelector('[role="dialog"][data-state="open"]'))) return;
      event.preventDefault();
      act(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
