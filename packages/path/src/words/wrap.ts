export const textWidth = 100;

/** What a host wrote (a comment of a rule, a process name) must not steer the terminal that shows it. */
export const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, '�');

/** Lines of at most `textWidth` with the indent; a word longer than that is cut. `hang` is added to every line but the first. */
export function wrap(text: string, { indent, hang = 0 }: { indent: number; hang?: number }): string[] {
  const lines: string[] = [];
  let line = '';
  const room = () => textWidth - indent - (lines.length === 0 ? 0 : hang);
  const push = () => {
    lines.push(`${' '.repeat(indent + (lines.length === 0 ? 0 : hang))}${line}`);
    line = '';
  };
  for (let word of withoutControls(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room()) push();
    while (word.length > room()) {
      line = word.slice(0, room());
      word = word.slice(room());
      push();
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) push();
  return lines;
}
