/** Longer than this a word may be broken anywhere: an id, a path. */
const longWord = 28;

/**
 * Text of a machine that breaks between its words only. A browser would break "--dport" after its first hyphen, which reads as another option.
 * Selected and copied it is the text as it was.
 */
export function MonoText({ text }: { text: string }) {
  return text.split(/(\s+)/).map((word, index) =>
    word === '' || /^\s/.test(word) || word.length > longWord ? (
      word
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words of one text, which never move
      <span key={index} className="whitespace-nowrap">
        {word}
      </span>
    ),
  );
}
