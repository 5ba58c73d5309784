import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Font } from '@vethscope/graph';
import type { PdfFonts } from '@vethscope/picture';

type FontName = Font | 'korean' | 'koreanStrong';

const files: Readonly<Record<FontName, { package: string; file: string }>> = {
  sans: { package: '@expo-google-fonts/inter', file: '400Regular/Inter_400Regular.ttf' },
  sansStrong: { package: '@expo-google-fonts/inter', file: '600SemiBold/Inter_600SemiBold.ttf' },
  mono: { package: '@expo-google-fonts/jetbrains-mono', file: '400Regular/JetBrainsMono_400Regular.ttf' },
  korean: { package: '@expo-google-fonts/nanum-gothic', file: '400Regular/NanumGothic_400Regular.ttf' },
  koreanStrong: { package: '@expo-google-fonts/nanum-gothic', file: '700Bold/NanumGothic_700Bold.ttf' },
};

/** The file of a font: beside the bundle (dist/fonts), or in the package that it comes from. No font of the system is used, so that a picture is the same everywhere. */
export function fontFile(font: FontName): string {
  const { package: name, file } = files[font];
  const bundled = fileURLToPath(new URL(`./fonts/${file.split('/').at(-1)}`, import.meta.url));
  if (existsSync(bundled)) return bundled;
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}

/** The files for a picture; `korean` where it has such words: those two are four times as large as the others together. */
export function fontFiles({ korean }: { korean: boolean }): string[] {
  const names: FontName[] = ['sans', 'sansStrong', 'mono', ...(korean ? (['korean', 'koreanStrong'] as const) : [])];
  return names.map(fontFile);
}

/** The fonts themselves. */
export async function readFonts({ korean }: { korean: boolean }): Promise<PdfFonts> {
  const read = (name: FontName) => readFile(fontFile(name));
  const [sans, sansStrong, mono] = await Promise.all([read('sans'), read('sansStrong'), read('mono')]);
  if (!korean) return { sans, sansStrong, mono, korean: null };
  const [plain, strong] = await Promise.all([read('korean'), read('koreanStrong')]);
  return { sans, sansStrong, mono, korean: { plain, strong } };
}
