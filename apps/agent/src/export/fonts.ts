import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Font } from '@vethscope/graph';

const files: Readonly<Record<Font, { package: string; file: string }>> = {
  sans: { package: '@expo-google-fonts/inter', file: '400Regular/Inter_400Regular.ttf' },
  sansStrong: { package: '@expo-google-fonts/inter', file: '600SemiBold/Inter_600SemiBold.ttf' },
  mono: { package: '@expo-google-fonts/jetbrains-mono', file: '400Regular/JetBrainsMono_400Regular.ttf' },
};

/** The file of a font: beside the bundle (dist/fonts), or in the package that it comes from. No font of the system is used, so that a picture is the same everywhere. */
export function fontFile(font: Font): string {
  const { package: name, file } = files[font];
  const bundled = fileURLToPath(new URL(`./fonts/${file.split('/').at(-1)}`, import.meta.url));
  if (existsSync(bundled)) return bundled;
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}

export const fontFiles = (): string[] => [fontFile('sans'), fontFile('sansStrong'), fontFile('mono')];

/** The fonts themselves. */
export async function readFonts(): Promise<Record<Font, Uint8Array>> {
  const [sans, sansStrong, mono] = await Promise.all([
    readFile(fontFile('sans')),
    readFile(fontFile('sansStrong')),
    readFile(fontFile('mono')),
  ]);
  return { sans, sansStrong, mono };
}
