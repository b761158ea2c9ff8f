import './desk.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Desk } from './Desk';
import { startLanguages } from './i18n';

startLanguages();
const root = document.getElementById('desk');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Desk />
    </StrictMode>,
  );
}
