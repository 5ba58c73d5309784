/**
 * A digest of a text, 16 hexadecimal digits: FNV-1a in two 32-bit lanes with different offsets. It names rules within their chain; it is no
 * protection against anybody. Pure and small so that a browser computes the same ids.
 */
export function digest(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code ^ (low >>> 15), 0x01000193);
  }
  return `${(high >>> 0).toString(16).padStart(8, '0')}${(low >>> 0).toString(16).padStart(8, '0')}`;
}
