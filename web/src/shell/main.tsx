import './desk.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { startDarkness } from './darkness';
import { Desk } from './Desk';
import { startLanguages } from './i18n';

startDarkness();
startLanguages();
const root = document.getElementById('desk');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Desk />
    </StrictMode>,
  );
}
