export type QuestionField = 'from' | 'to' | 'proto' | 'source-port';

/** How a fault in the words of a question names the place where they were typed. */
export interface Spelling {
  /** The field with its word, as the person sees it: the `where` of an error. */
  where(field: QuestionField, word: string): string;
  field(field: QuestionField): string;
  /** What to write instead. */
  example(field: QuestionField, word: string): string;
  /** The same for a word that a shell would read otherwise. */
  quoted(field: QuestionField, word: string): string;
}

/** The options of `vethscope trace`. */
export const asOptions: Spelling = {
  where: (field, word) => `--${field} ${word}`,
  field: (field) => `--${field}`,
  example: (field, word) => `--${field} ${word}`,
  quoted: (field, word) => `--${field} '${word}'`,
};

/** Fields of a form, each under its own name: what is to be written is written into the field itself. */
export const asFields: Spelling = {
  where: (field) => field,
  field: (field) => field,
  example: (_, word) => word,
  quoted: (_, word) => word,
};
