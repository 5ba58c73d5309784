import type { Family } from '@vethscope/model';
import { ipNumber } from '../ipNumber.ts';

/** 4 or 6 for the text of an address, null for anything else: brackets, and IPv4 with leading zeros (octal to some), are not an address. */
export function familyOf(text: string): Family | null {
  if (text.startsWith('[') || /(^|\.)0\d/.test(text)) return null;
  return ipNumber(text)?.family ?? null;
}
