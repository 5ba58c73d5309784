/** What a picture can be written in, the ones that are looked at first. */
export const pictureFormats = ['svg', 'png', 'pdf', 'mermaid', 'dot', 'drawio', 'markdown', 'json'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** The others need fonts, and what draws with them. */
export type TextFormat = Exclude<PictureFormat, 'png' | 'pdf'>;
