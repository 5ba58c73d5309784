export interface NumberRange {
  from: number;
  to: number;
}

const wholeMask = 0xffffffff;

/** A decimal or 0x number that fits 32 bits, else null. */
export function readNumber(text: string): number | null {
  if (!/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return null;
  const value = Number(text);
  return value <= wholeMask ? value : null;
}

/** "80", "1000:2000", "1000:", ":2000", each end within 0..max; iptables writes the range with ":" or, in translations, "-". */
export function readRange(text: string, { separator = ':', max = 65535 } = {}): NumberRange | null {
  const at = text.indexOf(separator);
  if (at < 0) {
    const one = readNumber(text);
    return one === null || one > max ? null : { from: one, to: one };
  }
  if (text.length === separator.length) return null;
  const low = text.slice(0, at);
  const high = text.slice(at + separator.length);
  const from = low === '' ? 0 : readNumber(low);
  const to = high === '' ? max : readNumber(high);
  return from === null || to === null || from > max || to > max ? null : { from, to };
}

/** "0x1/0xff" or "0x1", whose mask is all bits. */
export function readMasked(text: string, fullMask: number = wholeMask): { value: number; mask: number } | null {
  const at = text.indexOf('/');
  const value = readNumber(at < 0 ? text : text.slice(0, at));
  const mask = at < 0 ? fullMask : readNumber(text.slice(at + 1));
  return value === null || mask === null ? null : { value, mask };
}
