/** What a key does. Written as "mod+K" (⌘ on a Mac, else Ctrl), or one character. */
export const shortcuts = [
  { keys: 'mod+K', action: 'palette', group: 'go' },
  { keys: '/', action: 'find', group: 'go' },
  { keys: 'P', action: 'path', group: 'go' },
  { keys: 'Escape', action: 'clear', group: 'go' },
  { keys: '1', action: 'lensDocker', group: 'view' },
  { keys: '2', action: 'lensLinux', group: 'view' },
  { keys: '3', action: 'lensCnm', group: 'view' },
  { keys: 'M', action: 'map', group: 'view' },
  { keys: 'R', action: 'rules', group: 'view' },
  { keys: 'W', action: 'reach', group: 'view' },
  { keys: 'T', action: 'tree', group: 'view' },
  { keys: 'I', action: 'details', group: 'view' },
  { keys: 'H', action: 'timeline', group: 'view' },
  { keys: 'E', action: 'export', group: 'view' },
  { keys: 'F', action: 'fit', group: 'map' },
  { keys: '+', action: 'zoomIn', group: 'map' },
  { keys: '-', action: 'zoomOut', group: 'map' },
  { keys: '?', action: 'help', group: 'view' },
] as const;

export type ShortcutAction = (typeof shortcuts)[number]['action'];

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

export function shownKeys(keys: string): string[] {
  return keys.split(/\+(?=.)/).map((key) => (key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key === 'Escape' ? 'Esc' : key));
}

/** "⌘K", "Ctrl K". */
export const shownKey = (keys: string): string => shownKeys(keys).join(isMac ? '' : ' ');

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The action of a press; `typing` while a text field has the focus, where only those with mod apply. */
export function actionOf({ key, ctrlKey, metaKey, altKey }: Press, typing: boolean): ShortcutAction | null {
  const mod = ctrlKey || metaKey;
  if (altKey) return null;
  const wanted = `${mod ? 'mod+' : ''}${key.length === 1 ? key.toUpperCase() : key}`;
  const found = shortcuts.find((shortcut) => shortcut.keys === (wanted === '=' ? '+' : wanted));
  if (!found || (typing && !mod)) return null;
  return found.action;
}
