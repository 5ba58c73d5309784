import './api/jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { Page } from './page/Page.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
