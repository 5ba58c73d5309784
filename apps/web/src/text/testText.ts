import { en } from './en/en.ts';
import { setText } from './text.ts';

/** Tests read the page's words in English, whatever the machine speaks. */
setText('en', en);
