import type { Rule } from '@vethscope/model';

/** `place`: "-A CHAIN"; `match`: what must hold; `does`: verdict, target, translation, with its options; `comment`: what somebody noted. */
export interface RuleTextPart {
  kind: 'place' | 'match' | 'does' | 'comment';
  text: string;
}

const nftVerbs =
  'accept|drop|reject|return|continue|queue|jump|goto|vmap|dnat|snat|masquerade|redirect|notrack|tproxy|log|fwd|dup|flow|synproxy';
const nftDoes = new RegExp(`(?:^|\\s)(?:${nftVerbs})(?=\\s|$)`);

/** Whether what stands before `at` is inside double quotes. */
function quotedAt(text: string, at: number): boolean {
  let open = false;
  for (let index = 0; index < at; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') open = !open;
  }
  return open;
}

/** The first place outside quotes where the pattern holds, or the end. */
function firstOutside(text: string, pattern: RegExp): number {
  for (let from = 0; from < text.length; ) {
    const found = pattern.exec(text.slice(from));
    if (!found) return text.length;
    const at = from + found.index;
    if (!quotedAt(text, at)) return at;
    from = at + found[0].length;
  }
  return text.length;
}

/** A rule's text, cut where a reader's eye should rest. Put together again it is the text, letter for letter. */
export function ruleTextParts({ text, body }: Pick<Rule, 'text' | 'body'>): RuleTextPart[] {
  const parts: RuleTextPart[] = [];
  const put = (kind: RuleTextPart['kind'], piece: string) => {
    if (piece !== '') parts.push({ kind, text: piece });
  };
  if (body.syntax === 'iptables') {
    const place = /^-A \S+\s*/.exec(text)?.[0] ?? '';
    const rest = text.slice(place.length);
    const does = firstOutside(rest, /(?:^|\s)-[jg]\s/);
    put('place', place);
    putMatches(rest.slice(0, does), put);
    put('does', rest.slice(does));
    return parts;
  }
  const comment = firstOutside(text, /\scomment "/);
  const head = text.slice(0, comment);
  const does = firstOutside(head, nftDoes);
  put('match', head.slice(0, does));
  put('does', head.slice(does));
  put('comment', text.slice(comment));
  return parts;
}

/** Comments stand among the matches of iptables. */
function putMatches(text: string, put: (kind: RuleTextPart['kind'], piece: string) => void): void {
  const comment = /(?:^|\s)-m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+)/.exec(text);
  if (!comment) {
    put('match', text);
    return;
  }
  put('match', text.slice(0, comment.index));
  put('comment', comment[0]);
  put('match', text.slice(comment.index + comment[0].length));
}
