/** One event of a Server-Sent Events stream. `event` is `message` where the server named none. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string | null;
}

/**
 * Reads text/event-stream as it comes in, in pieces that may end anywhere (HTML Standard, 9.2.6). The browser's own EventSource hides three things
 * that this page has to know: the status of a refusal (401 is not "try again"), the comments that show that a quiet line
 * still lives, and when a retry is made.
 */
export function createEventParser(onEvent: (event: ServerEvent) => void) {
  let rest = '';
  let event = '';
  let data: string[] = [];
  let id: string | null = null;

  const line = (text: string) => {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n'), id });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
  };

  return {
    push(chunk: string) {
      // A "\r" at the very end may be half of "\r\n": it waits for the next piece.
      const text = rest + chunk;
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + text.slice(whole.length);
      for (const each of lines) line(each);
    },
  };
}
