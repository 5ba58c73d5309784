import type { ErrorBody } from '@vethscope/model';
import { t } from '../text/text.ts';

/** An error that an agent or a package says, in the page's language. What the page itself says is in it already. */
export const errorInWords = (error: ErrorBody): ErrorBody => ({ ...error, ...t.packages.error(error) });
