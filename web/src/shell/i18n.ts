// The desk's two languages. Each room keeps its own words beside its pages and registers them here.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { words as appraisal } from '../rooms/appraisal/words';
import { words as contacts } from '../rooms/contacts/words';
import { words as entry } from '../rooms/entry/words';
import { words as governance } from '../rooms/governance/words';
import { words as imports } from '../rooms/imports/words';
import { words as people } from '../rooms/people/words';
import { words as regulation } from '../rooms/regulation/words';
import { words as shell } from './words';

export type Language = 'zh' | 'en';

const kept = 'zhiheng.language';

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language;
  return chosen.startsWith('en') ? 'en' : 'zh';
}

export const rooms = { shell, appraisal, contacts, entry, governance, imports, people, regulation };

function bundle(language: Language) {
  return Object.fromEntries(Object.entries(rooms).map(([room, words]) => [room, words[language]]));
}

export function startLanguages() {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    defaultNS: 'shell',
    ns: Object.keys(rooms),
    resources: { zh: bundle('zh'), en: bundle('en') },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language === 'en' ? 'en' : 'zh-CN';
}

export async function speak(language: Language) {
  localStorage.setItem(kept, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh';
}
