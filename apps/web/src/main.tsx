import './api/jitless.ts';
import { importAgain } from './api/importAgain.ts';
import './page.css';
import { loadText } from './text/loadText.ts';
import { fetchFontsAgain } from './theme/fontsAgain.ts';

fetchFontsAgain();

/* Many modules read their words as they are evaluated, so the page is imported only when the language is there. */
void importAgain(loadText).then(() => importAgain(() => import('./page/showPage.tsx')));
