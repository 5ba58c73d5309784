import type { Sentences } from '@vethscope/path';
import { causes } from './causes.ts';
import { fixes } from './fixes.ts';
import { reasons } from './reasons.ts';
import { steps } from './steps.ts';

/** What the path engine says, in Korean. Only the workers that ask it load this. */
export const sentences: Sentences = { step: steps, cause: causes, why: reasons, fix: fixes };
