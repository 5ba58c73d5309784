import type { QuestionInput } from '@vethscope/model';
import { familyOf } from './familyOf.ts';
import type { QuestionWords } from './readQuestion.ts';

/** Who a word alone would be taken for somebody else. */
const isTaken = (name: string): boolean => name === 'host' || name === 'internet' || familyOf(name) !== null;

/** The words that readQuestion reads as this question: what a link carries, and what the command line takes. */
export function questionWords({ from, to, protocol, sourcePort }: QuestionInput): QuestionWords {
  const port = to.port === null ? '' : `:${to.port}`;
  const address = (text: string) => (port !== '' && familyOf(text) === 6 ? `[${text}]` : text);
  return {
    from:
      from.kind === 'container'
        ? isTaken(from.name)
          ? `container:${from.name}`
          : from.name
        : from.kind === 'address'
          ? from.address
          : from.kind,
    to:
      to.kind === 'container'
        ? `container:${to.name}${port}`
        : to.kind === 'address'
          ? `${address(to.address)}${port}`
          : to.kind === 'host'
            ? `host${port}`
            : `${to.name}${port}`,
    proto: protocol,
    ...(sourcePort === null || sourcePort === undefined ? {} : { sourcePort: String(sourcePort) }),
  };
}

/** As a person types it in a shell. */
export function traceCommandLine({ from, to, proto, sourcePort }: QuestionWords): string {
  const quoted = (word: string) => (/^[\w.:@%/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return [
    'vethscope trace',
    `--from ${quoted(from)}`,
    `--to ${quoted(to)}`,
    ...(proto === 'tcp' ? [] : [`--proto ${quoted(proto)}`]),
    ...(sourcePort === undefined ? [] : [`--source-port ${quoted(sourcePort)}`]),
  ].join(' ');
}
