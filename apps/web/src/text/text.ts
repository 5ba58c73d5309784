import { en } from './en.ts';

/** All words of the page are taken from here, so that another language is another object of the same shape. */
export type Text = typeof en;
export const t: Text = en;
