/*
 * Widths of text without a browser, so that the agent's pictures and the page agree to the pixel. The advances are those of the bundled
 * fonts (Inter 400 and 600, JetBrains Mono) in thousandths of the size; kerning is left out, which makes a width a little too large
 * and never too small.
 */

export type Font = 'sans' | 'sansStrong' | 'mono';

// Advances of U+0020 to U+007E.
const sans =
  '281 288 466 633 642 982 644 300 365 365 501 662 288 460 288 360 631 407 610 618 646 593 620 566 619 620 288 302 662 662 662 511 966 690 654 730 722 601 590 746 743 269 571 672 565 903 753 765 639 765 644 642 646 744 690 985 682 679 629 365 360 365 471 456 323 562 612 571 612 583 370 613 591 242 242 549 242 876 591 600 612 612 376 528 327 591 562 818 546 562 552 426 333 426 662';
const sansStrong =
  '281 321 523 644 650 1004 663 326 373 373 540 673 319 465 319 379 660 423 623 636 666 612 640 576 640 640 319 329 673 673 673 543 999 728 659 737 722 605 588 749 746 277 580 703 565 922 759 769 645 773 652 650 660 736 728 1020 720 713 652 373 379 373 481 469 351 574 624 583 624 591 389 625 612 262 262 569 262 900 612 609 624 624 397 549 353 612 587 839 569 588 566 455 359 455 673';

const advances: Record<'sans' | 'sansStrong', number[]> = {
  sans: sans.split(' ').map(Number),
  sansStrong: sansStrong.split(' ').map(Number),
};

const monoAdvance = 600;
const ellipsis = '…';

/** Wide scripts (Hangul, Han, kana, full-width forms) and pictographs take the whole size in any font. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}]/u;

function advance(character: string, font: Font): number {
  if (wide.test(character)) return 1000;
  if (font === 'mono') return monoAdvance;
  const code = character.codePointAt(0) ?? 0;
  const known = advances[font][code - 0x20];
  if (known !== undefined) return known;
  switch (character) {
    case ellipsis:
      return 864;
    case '·':
      return 288;
    case '→':
    case '↔':
      return 838;
    case '–':
      return 500;
    default:
      // A letter that the table lacks: as wide as an average capital, so that it never takes more room than was given.
      return 720;
  }
}

/** Width in pixels of one line of `text` at `size` pixels. */
export function measureText(text: string, font: Font, size: number): number {
  if (font === 'mono' && /^[\x20-\x7e]*$/.test(text)) return (text.length * monoAdvance * size) / 1000;
  let sum = 0;
  for (const character of text) sum += advance(character, font);
  return (sum * size) / 1000;
}

/** `text`, or as much of its beginning as fits in `width` pixels and an ellipsis. */
export function fitText(text: string, font: Font, size: number, width: number): string {
  if (measureText(text, font, size) <= width) return text;
  let room = width - measureText(ellipsis, font, size);
  let kept = '';
  for (const character of text) {
    room -= (advance(character, font) * size) / 1000;
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}
