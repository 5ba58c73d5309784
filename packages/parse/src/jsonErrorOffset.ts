const blank = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The offset behind the string that begins at `from`, or null where none does, or it does not end. */
function endOfString(json: string, from: number): number | null {
  if (json[from] !== '"') return null;
  for (let at = from + 1; at < json.length; at++) {
    const character = json[at] ?? '';
    if (character === '"') return at + 1;
    if (character < ' ') return null;
    if (character !== '\\') continue;
    escaped.lastIndex = at;
    if (!escaped.test(json)) return null;
    at = escaped.lastIndex - 1;
  }
  return null;
}

/**
 * Where a text stops being JSON (RFC 8259): the offset of the first character that cannot stand there, or the length of the text
 * where it ends too early. JSON.parse of Node 20 does not say. Iterative, so that no nesting is too deep.
 */
export function jsonErrorOffset(json: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(json)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const take = (character: string): boolean => {
    if (json[at] !== character) return false;
    at++;
    return true;
  };
  const takeString = (): boolean => {
    const end = endOfString(json, at);
    at = end ?? at;
    return end !== null;
  };
  const open: ('{' | '[')[] = [];
  /** `"name":` of a member, and the blanks about it. */
  const name = (): boolean => {
    skip(blank);
    if (!takeString()) return false;
    skip(blank);
    return take(':');
  };
  for (;;) {
    skip(blank);
    if (take('{')) {
      skip(blank);
      if (!take('}')) {
        open.push('{');
        if (!name()) return at;
        continue;
      }
    } else if (take('[')) {
      skip(blank);
      if (!take(']')) {
        open.push('[');
        continue;
      }
    } else if (!takeString() && !skip(scalar)) return at;
    // A value has ended: so may what it stands in.
    for (;;) {
      skip(blank);
      const inside = open.at(-1);
      if (inside === undefined) return at;
      if (take(inside === '{' ? '}' : ']')) {
        open.pop();
        continue;
      }
      if (!take(',')) return at;
      if (inside === '{' && !name()) return at;
      break;
    }
  }
}
