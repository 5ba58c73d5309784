/*
 * For development only: the canvas alone, with a picture from `?scenario=NAME` (scenarios.ts), `&lens=`, `&theme=`, `&select=RECORD`,
 * `&find=TEXT` (titles), `&rates` for made up traffic. It is in no build: index.html of the app is the only entry. `window.scenario` lets a test change
 * the picture.
 */
import { createRoot } from 'react-dom/client';
import '../../theme/tokens.css';
import { loadText } from '../../text/loadText.ts';
import { scenarios } from './scenarios.ts';

const asked = new URLSearchParams(location.search);
document.documentElement.dataset.theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
const root = document.getElementById('root');
const make = scenarios[asked.get('scenario') ?? 'small'];
if (root) {
  await loadText();
  const { Scenario } = await import('./Scenario.tsx');
  if (make) createRoot(root).render(<Scenario first={await make()} />);
  else root.textContent = `Scenarios: ${Object.keys(scenarios).join(', ')}`;
}
