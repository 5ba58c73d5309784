import { type Change, changeSentence } from '@vethscope/graph';
import { t } from '../text/text.ts';

/** A difference in one line, in the page's language. */
export const changeWords = (change: Change): string => t.packages.change(change) ?? changeSentence(change);
