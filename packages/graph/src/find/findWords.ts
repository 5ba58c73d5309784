/** What is wrong with an expression, and what would be right. */
interface FindFault {
  message: string;
  hint: string;
}

/** A name that was probably meant, or all that there are. */
type Meant = { near: string } | { all: readonly string[] };

/** The faults of find and hide expressions in one language. */
export interface FindWords {
  openQuote: FindFault;
  nothingToNegate: FindFault;
  noField: (name: string, meant: Meant) => FindFault;
  noValue: (field: string, example: string) => FindFault;
  noPort: (value: string) => FindFault;
  noAddress: (value: string) => FindFault;
  noProperty: (value: string, meant: Meant) => FindFault;
  noState: (value: string, states: readonly string[]) => FindFault;
}

export const findEnglish: FindWords = {
  openQuote: { message: 'This quote is not closed.', hint: 'Put a " at its end.' },
  nothingToNegate: { message: 'There is nothing to negate.', hint: 'Write a word right after it: -is:stopped' },
  noField: (name, meant) => ({
    message: `There is no field "${name}".`,
    hint: 'near' in meant ? `Did you mean ${meant.near}: ?` : `Fields are ${meant.all.join(', ')}.`,
  }),
  noValue: (field, example) => ({ message: `${field}: needs a value.`, hint: `For example ${example}` }),
  noPort: (value) => ({
    message: `"${value}" is no port.`,
    hint: 'A number up to 65535, or a range: port:8000-8003',
  }),
  noAddress: (value) => ({
    message: `"${value}" is no address.`,
    hint: 'An address, its beginning or a prefix: ip:172.18.0.0/16',
  }),
  noProperty: (value, meant) => ({
    message: `There is no property "${value}".`,
    hint: 'near' in meant ? `Did you mean is:${meant.near} ?` : `One of ${meant.all.join(', ')}.`,
  }),
  noState: (value, states) => ({
    message: `"${value}" is no state of a container.`,
    hint: `One of ${states.join(', ')}.`,
  }),
};
