import sansTtf from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import sansStrongTtf from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url';
import monoTtf from '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf?url';
import koreanTtf from '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf?url';
import koreanStrongTtf from '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf?url';
import sansLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import monoLatin from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import type { PdfFonts } from '@vethscope/picture';

async function read(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`A font of the page cannot be read: ${response.status} ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Without the spread of a whole file over the arguments of one call. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

const face = (family: string, bytes: Uint8Array) =>
  `@font-face{font-family:${family};font-weight:100 900;src:url(data:font/woff2;base64,${base64(bytes)})}`;

/** The fonts of the page as CSS: an SVG that is shown as an image loads nothing, and does not see what the page has loaded. */
export async function fontFaces(): Promise<string> {
  const [sans, mono] = await Promise.all([read(sansLatin), read(monoLatin)]);
  return `${face('Inter', sans)}${face('JetBrains Mono', mono)}`;
}

/** The fonts of a PDF, whole: as the command line takes them. Those of Korean, four megabytes, only where there is a word of it. */
export async function pdfFonts({ korean }: { korean: boolean }): Promise<PdfFonts> {
  const [sans, sansStrong, mono] = await Promise.all([read(sansTtf), read(sansStrongTtf), read(monoTtf)]);
  if (!korean) return { sans, sansStrong, mono, korean: null };
  const [plain, strong] = await Promise.all([read(koreanTtf), read(koreanStrongTtf)]);
  return { sans, sansStrong, mono, korean: { plain, strong } };
}
